package main

import (
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// TestComposeStartsWithTwoWordsInEnv: with the token and the keys in .env and nothing else, the image and compose.yaml give a
// configuration that the program accepts, and what it listens on is published to this machine alone.
func TestComposeStartsWithTwoWordsInEnv(t *testing.T) {
	environment, ports := composed(t)
	var c cli
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"HTTPS_PROXY"} // Go's own
	for _, command := range parser.Model.Children {
		for _, f := range command.Flags {
			if command.Name == "serve" {
				known = append(known, f.Envs...)
			}
		}
	}
	for name, value := range environment {
		if !slices.Contains(known, name) {
			t.Errorf("%s is nothing that the program reads", name)
		}
		t.Setenv(name, value)
	}
	if _, err = parser.Parse([]string{"serve"}); err != nil {
		t.Fatal(err)
	}
	if c.Serve.SiteURL != "" || c.Serve.Channel != 0 || c.Serve.Token == "" {
		t.Errorf("site %q, channel %d, token %q", c.Serve.SiteURL, c.Serve.Channel, c.Serve.Token)
	}
	bridge := netip.MustParseAddr("172.18.0.1")
	if !slices.ContainsFunc(c.Serve.Proxies, func(p netip.Prefix) bool { return p.Contains(bridge) }) {
		t.Errorf("whoever comes through the bridge counts as one visitor: %v", c.Serve.Proxies)
	}
	for _, address := range []string{c.Serve.Listen, c.Serve.Site} {
		host, port, err := net.SplitHostPort(address)
		if err != nil || host != "0.0.0.0" || !slices.Contains(ports, "127.0.0.1:"+port+":"+port) {
			t.Errorf("%s is not reached, or by everybody: %v %v", address, ports, err)
		}
	}
}

// composed is the environment of the bot's container and the ports that it publishes.
func composed(t *testing.T) (environment map[string]string, ports []string) {
	t.Helper()
	var compose struct {
		Services map[string]struct {
			Environment map[string]string
			Ports       []string
		}
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "../compose.yaml")), &compose); err != nil {
		t.Fatal(err)
	}
	environment = make(map[string]string)
	for _, line := range regexp.MustCompile(`(?m)^ENV (.*)$`).FindAllStringSubmatch(readFile(t, "../Dockerfile"), -1) {
		for pair := range strings.FieldsSeq(line[1]) {
			name, value, _ := strings.Cut(pair, "=")
			environment[name] = value
		}
	}
	variable := regexp.MustCompile(`\$\{[A-Z_]+:([-?])([^}]*)\}`)
	for name, value := range compose.Services["bot"].Environment {
		environment[name] = variable.ReplaceAllStringFunc(value, func(all string) string {
			if m := variable.FindStringSubmatch(all); m[1] == "-" {
				return m[2]
			}
			return "given" // by .env
		})
	}
	return environment, compose.Services["bot"].Ports
}
