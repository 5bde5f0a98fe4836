package botapi

import "time"

// DefaultToken is what the bot must present when no [WithToken] is given.
const DefaultToken = "12369:emulated-token" // opens nothing but an emulator

// Option changes how an [Emulator] behaves.
type Option func(*settings)

type settings struct {
	token        string
	botID        int64
	botUsername  string
	botName      string
	clock        func() time.Time
	limits       Limits
	keepLast     int
	patient      bool
	readAll      bool
	callbackLife time.Duration
}

func defaults() settings {
	return settings{
		token: DefaultToken, botID: 12369, botUsername: "GridWardenBot", botName: "GridWarden",
		clock: time.Now, callbackLife: 30 * time.Second,
	}
}

// WithToken sets the token that the bot must present; any other is answered 401.
func WithToken(token string) Option { return func(s *settings) { s.token = token } }

// WithBot sets the bot's own id and username (without @).
func WithBot(id int64, username string) Option {
	return func(s *settings) { s.botID, s.botUsername = id, username }
}

// WithClock sets the only source of dates. Waiting (long polls, slow answers) uses the runtime's timers, so inside a
// testing/synctest bubble both agree.
func WithClock(now func() time.Time) Option { return func(s *settings) { s.clock = now } }

// WithLimits refuses with 429 what is sent faster than l. [TelegramLimits] are the figures to hold.
func WithLimits(l Limits) Option { return func(s *settings) { s.limits = l } }

// WithKeepLast keeps only the last n messages of each chat and the last 100 n lines of the transcript, for long
// benchmarks. Zero keeps everything.
func WithKeepLast(n int) Option { return func(s *settings) { s.keepLast = n } }

// WithPatientPolls lets getUpdates wait for as long as the caller does, whatever timeout it names, so that an idle bot
// in simulated time does not wake once in every fake minute. Not for clients that have a deadline of their own.
func WithPatientPolls() Option { return func(s *settings) { s.patient = true } }

// WithGroupPrivacyOff shows the bot every message of its groups. Otherwise, as Telegram does by default, it sees only
// commands, replies to itself, mentions of itself and service messages.
func WithGroupPrivacyOff() Option { return func(s *settings) { s.readAll = true } }

// WithCallbackLife sets how long a callback query may be answered. Telegram publishes no figure; the default of 30
// seconds is an assumption on the strict side.
func WithCallbackLife(d time.Duration) Option { return func(s *settings) { s.callbackLife = d } }
