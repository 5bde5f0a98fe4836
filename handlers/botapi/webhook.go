package botapi

import (
	"net"
	"net/url"
	"regexp"
	"time"

	"github.com/go-telegram/bot/models"
)

// webhook is where updates go when the bot does not poll.
type webhook struct {
	url            string
	secret         string
	maxConnections int
	lastError      string
	lastErrorAt    time.Time
}

const (
	defaultConnections = 40  // Bot API, setWebhook max_connections
	maxConnections     = 100 // see above
)

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (e *Emulator) setWebhook(c *call) (any, error) {
	address := c.params["url"]
	if address == "" {
		return e.deleteWebhook(c)
	}
	if err := checkWebhookURL(address); err != nil {
		return nil, err
	}
	secret := c.params["secret_token"]
	if secret != "" && !secretForm.MatchString(secret) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	n, err := c.integer("max_connections")
	if err != nil {
		return nil, err
	}
	if n == 0 {
		n = defaultConnections
	}
	err = e.allow(c)
	if err != nil {
		return nil, err
	}
	if c.flag("drop_pending_updates") {
		e.queue.drop(len(e.queue.pending))
	}
	e.dismissPoll("terminated by setWebhook request")
	e.hook = webhook{url: address, secret: secret, maxConnections: int(min(max(n, 1), maxConnections))}
	e.queue.signal()
	return true, nil
}

// checkWebhookURL wants HTTPS on the four ports that Telegram serves, or plain HTTP on the loopback, as a Bot API
// server of one's own allows.
func checkWebhookURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return badRequest("bad webhook: invalid URL specified")
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && (u.Hostname() == "localhost" || ip.IsLoopback()) {
		return nil
	}
	if u.Scheme != "https" {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	switch u.Port() {
	case "", "443", "80", "88", "8443":
		return nil
	}
	return badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
}

func (e *Emulator) deleteWebhook(c *call) (any, error) {
	if c.flag("drop_pending_updates") {
		e.queue.drop(len(e.queue.pending))
	}
	e.hook = webhook{}
	e.queue.signal()
	return true, nil
}

func (e *Emulator) getWebhookInfo(*call) (any, error) {
	info := models.WebhookInfo{URL: e.hook.url, PendingUpdateCount: e.queue.size(), AllowedUpdates: e.queue.allowed}
	if e.hook.url != "" {
		info.MaxConnections = e.hook.maxConnections
	}
	if !e.hook.lastErrorAt.IsZero() {
		info.LastErrorDate, info.LastErrorMessage = int(e.hook.lastErrorAt.Unix()), e.hook.lastError
	}
	return info, nil
}
