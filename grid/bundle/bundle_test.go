package bundle_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

var noon = time.Date(2026, 11, 2, 4, 0, 0, 0, time.UTC)

// vault is evidence in memory.
type vault map[string][]byte

func (v vault) Original(_ context.Context, sha string) ([]byte, error) {
	if data, ok := v[sha]; ok {
		return data, nil
	}
	return nil, errors.New("not there")
}

func (v vault) Show(_ context.Context, sha string) ([]byte, error) {
	if data, ok := v[sha]; ok && data[0] != 'O' {
		return append([]byte("\xff\xd8\xff copy of "), data...), nil
	}
	return nil, errors.New("hidden")
}

func (v vault) keep(data string) string {
	sum := sha256.Sum256([]byte(data))
	sha := hex.EncodeToString(sum[:])
	v[sha] = []byte(data)
	return sha
}

// file is a case with a photo and a voice, to which its reporter added words, and its anchors.
func file(tb testing.TB) (bundle.Case, vault) {
	tb.Helper()
	tree, err := grid.NewTree([]string{"one", "two"}, []grid.Cell{
		{Code: "630202", Level: 1, Name: "Ledu"}, {Code: "630202999", Parent: "630202", Level: 2, Name: "nowhere", Kind: grid.UnassignedKind},
	})
	if err != nil {
		tb.Fatal(err)
	}
	work := casework.New(tree, &calendar.Calendar{}, casework.Rules{})
	photo, voice := casework.Evidence{File: "f-photo", ID: "tg-file", Kind: "photo", Stage: casework.AsReported}, casework.Evidence{File: "f-voice", Kind: "voice", Stage: casework.AsReported}
	c := casework.Case{
		ID: "c1", Number: "2026-00001", Code: "424242", Reporter: "p-secret", Cell: "630202", Text: "my neighbour burns tyres, call 13900000000",
		Point: &geo.Point{Lon: 102.4321, Lat: 36.4321}, CreatedAt: noon, Evidence: []casework.Evidence{photo, voice},
	}
	v := vault{}
	var events []casework.Event
	do := func(act casework.Act) {
		tb.Helper()
		next, e, refusal := work.Apply(c, act, grid.NewRoster(0, nil), noon)
		if refusal != nil {
			tb.Fatal(refusal)
		}
		c, events = next, append(events, e)
	}
	do(casework.Act{Action: casework.Submit, Person: "p-secret", Via: "update/7"})
	do(casework.Act{Action: casework.AddWords, Person: "p-secret", Words: "it is old Ma again"})
	anchor, err := casework.NextAnchor("", []casework.Stand{{Case: "other", Events: 1, Head: "x"}, casework.StandOf(c)}, noon)
	if err != nil {
		tb.Fatal(err)
	}
	for name, data := range map[string]string{"f-photo": "a photo with its place", "f-voice": "OggS a voice"} {
		sha := v.keep(data)
		do(casework.Act{Action: casework.SealEvidence, Evidence: []casework.Evidence{{File: name, SHA256: sha}}, Note: map[string]string{"sha256": sha}})
	}
	return bundle.Case{Case: c, Events: events, Anchors: []string{string(anchor.Line())}, Place: "Ledu", For: bundle.Court, At: noon}, v
}

func pack(tb testing.TB, c bundle.Case, v vault) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := bundle.Write(tb.Context(), &out, c, v); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func check(tb testing.TB, data []byte) bundle.Report {
	tb.Helper()
	r, err := bundle.Check(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// unzip is the files of a bundle.
func unzip(tb testing.TB, data []byte) map[string]string {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			tb.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// rezip packs files again; with a manifest that fits them, as a forger would make it, when honest is false.
func rezip(tb testing.TB, files map[string]string, honest bool) []byte {
	tb.Helper()
	if !honest {
		var manifest strings.Builder
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if name != "MANIFEST" {
				sum := sha256.Sum256([]byte(files[name]))
				manifest.WriteString(hex.EncodeToString(sum[:]) + "  " + name + "\n")
			}
		}
		files["MANIFEST"] = manifest.String()
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(files[name]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// A bundle for a court holds everything and checks wholly.
func TestBundleForACourt(t *testing.T) {
	c, v := file(t)
	c.Originals = true
	data := pack(t, c, v)
	r := check(t, data)
	if len(r.Faults) > 0 || r.Events != 4 || r.Withheld != 0 || !r.Matter || r.Files != 2 || r.Copies != 1 || len(r.Anchors) != 1 {
		t.Errorf("%+v", r)
	}
	if want := "1:" + casework.Sum([]byte(c.Anchors[0])); r.Anchors[0] != want {
		t.Errorf("anchor %s, want %s", r.Anchors[0], want)
	}
	secretsOf(t, data, "p-secret", "424242")
}

// secretsOf fails the test when a secret stands in any file of the bundle.
func secretsOf(t *testing.T, data []byte, secrets ...string) {
	t.Helper()
	for name, text := range unzip(t, data) {
		for _, s := range secrets {
			if strings.Contains(name+text, s) {
				t.Errorf("%q stands in %s", s, name)
			}
		}
	}
}

// One for a third party holds neither the reporter, nor their words and pictures, nor the place, nor voices, and its chain checks.
func TestBundleForAThirdParty(t *testing.T) {
	c, v := file(t)
	c.For = bundle.ThirdParty
	office := c
	office.Case.Evidence = slices.Clone(c.Case.Evidence)
	office.Case.Evidence[0].By = "ivan"
	if r := check(t, pack(t, office, v)); len(r.Faults) > 0 || r.Copies != 1 {
		t.Errorf("the office's own picture: %+v", r)
	}
	data := pack(t, c, v)
	r := check(t, data)
	if len(r.Faults) > 0 || r.Events != 4 || r.Withheld != 1 || r.Matter || r.Files != 0 || r.Copies != 0 {
		t.Errorf("%+v", r)
	}
	secretsOf(t, data, "p-secret", "424242", "13900000000", "burns tyres", "old Ma", "102.43", "36.43", "a voice", "tg-file")
	c.Originals = true
	if err := bundle.Write(t.Context(), io.Discard, c, v); err == nil {
		t.Error("originals went to a third party")
	}
}

// Whatever is altered in a bundle is found and named, even when the manifest was made to fit.
func TestDamageIsFound(t *testing.T) {
	c, v := file(t)
	c.Originals = true
	whole := pack(t, c, v)
	line := func(f map[string]string, n int) []string {
		return slices.Insert(strings.SplitAfter(f["events.jsonl"], "\n"), n) // a copy
	}
	original := "evidence/01-report.original.bin"
	tests := []struct {
		name   string
		honest bool
		do     func(f map[string]string)
		want   string
	}{
		{"a file altered", true, func(f map[string]string) { f["case.json"] += " " }, "case.json: the file was altered"},
		{"a file too many", true, func(f map[string]string) { f["extra"] = "x" }, "extra: the file is not in the manifest"},
		{"a file gone", true, func(f map[string]string) { delete(f, original) }, original + ": the file is missing"},
		{"an event altered", false, func(f map[string]string) {
			f["events.jsonl"] = strings.Replace(f["events.jsonl"], "update/7", "update/8", 1)
		}, "event 2: the one before it was altered"},
		{"an event dropped", false, func(f map[string]string) { l := line(f, 0); f["events.jsonl"] = l[0] + strings.Join(l[2:], "") }, "event 2: the one before it"},
		{"events exchanged", false, func(f map[string]string) {
			l := line(f, 0)
			f["events.jsonl"] = l[0] + l[2] + l[1] + l[3]
		}, "event 2: the one before it"},
		{"the tail dropped", false, func(f map[string]string) { l := line(f, 0); f["events.jsonl"] = strings.Join(l[:3], "") }, "event 4: the history has 3 events"},
		{"the last altered", false, func(f map[string]string) {
			f["events.jsonl"] = strings.Replace(f["events.jsonl"], `"n":4`, `"n":4 `, 1)
		}, "event 4: altered"},
		{"the case altered", false, func(f map[string]string) { f["case.json"] = strings.Replace(f["case.json"], "tyres", "leaves", 1) }, "case.json: the case is not what"},
		{"another file", false, func(f map[string]string) { f[original] = "another photo" }, original + ": not the file"},
		{"another hash", false, func(f map[string]string) {
			f["evidence.jsonl"] = strings.Replace(f["evidence.jsonl"], `"sha256":"`, `"sha256":"0`, 1)
		}, "the history says another hash"},
		{"the anchor altered", false, func(f map[string]string) {
			f["anchors.jsonl"] = strings.Replace(f["anchors.jsonl"], `"e":2`, `"e":3`, 1)
		}, "anchor 1: the history does not go through event 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := unzip(t, whole)
			before := maps.Clone(files)
			tt.do(files)
			if maps.Equal(before, files) {
				t.Fatal("nothing was altered")
			}
			r := check(t, rezip(t, files, tt.honest))
			if !slices.ContainsFunc(r.Faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("found %q, want %q", r.Faults, tt.want)
			}
			python(t, files, 1)
		})
	}
	if r := check(t, rezip(t, unzip(t, whole), false)); len(r.Faults) > 0 {
		t.Errorf("packed again: %q", r.Faults)
	}
}

// What is no bundle is refused with an error.
func TestNoBundle(t *testing.T) {
	files := func(names ...string) []byte {
		out := map[string]string{}
		for _, n := range names {
			out[n] = "{}"
		}
		return rezip(t, out, true)
	}
	for name, data := range map[string][]byte{
		"no zip": []byte("no zip"), "empty": files(), "a way out": files("head.json", "../etc/passwd"), "an absolute name": files("/head.json"),
	} {
		if r, err := bundle.Check(bytes.NewReader(data), int64(len(data))); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// The script that lies in the bundle finds it whole; so does sha256sum.
func TestTheScriptInTheBundle(t *testing.T) {
	c, v := file(t)
	for _, c.For = range []bundle.Audience{bundle.Court, bundle.ThirdParty} {
		c.Originals = c.For == bundle.Court
		python(t, unzip(t, pack(t, c, v)), 0)
	}
}

// python runs the bundle's script on the files.
func python(t *testing.T, files map[string]string, want int) {
	t.Helper()
	interpreter, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("GRIDWARDEN_REQUIRE_PYTHON") == "1" {
			t.Fatal(err)
		}
		t.Log("verify.py was not run: python3 is not installed")
		return
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err = errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), interpreter, "-B", filepath.Join(dir, "verify.py")).CombinedOutput()
	var exit *exec.ExitError
	code := 0
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if (code == 0) != (want == 0) {
		t.Errorf("verify.py says %d, want %d:\n%s", code, want, out)
	}
}

// FuzzCheck: no file makes the check panic, and none with a broken chain passes.
func FuzzCheck(f *testing.F) {
	c, v := file(f)
	whole := unzip(f, pack(f, c, v))
	f.Add(whole["head.json"], whole["events.jsonl"], whole["evidence.jsonl"], whole["anchors.jsonl"], whole["MANIFEST"])
	f.Add("{}", "{}\n", "{}\n", "{}\n", "")
	f.Add(`{"events":1}`, `{"n":1,"withheld":true}`, `{"original":"x"}`, `{"c":[{"i":"","e":-1}]}`, "a  b\nc")
	f.Fuzz(func(t *testing.T, head, events, evidence, anchors, manifest string) {
		data := rezip(t, map[string]string{
			"head.json": head, "events.jsonl": events, "evidence.jsonl": evidence, "anchors.jsonl": anchors, "MANIFEST": manifest,
		}, true)
		r, err := bundle.Check(bytes.NewReader(data), int64(len(data)))
		if err != nil || len(r.Faults) > 0 {
			return
		}
		var h struct {
			Head string `json:"head"`
		}
		list := strings.Split(strings.TrimSuffix(events, "\n"), "\n")
		last := casework.Sum([]byte(list[len(list)-1]))
		if json.Unmarshal([]byte(head), &h) != nil || r.Events > 0 && r.Withheld == 0 && last != h.Head {
			t.Errorf("passed: %+v", r)
		}
	})
}

// FuzzUnpack: whatever somebody sends as a bundle is refused or checked, and nothing more.
func FuzzUnpack(f *testing.F) {
	c, v := file(f)
	f.Add(pack(f, c, v))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = bundle.Check(bytes.NewReader(data), int64(len(data)))
	})
}
