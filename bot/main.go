// Command gridwarden is the chat-bot for grid-based environmental supervision: `serve` answers on Telegram, `demo` shows
// everything without one, and the other commands let an office try, check and run its parts by hand.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the image holds nothing but the program: time zones and CA roots are in it

	"github.com/alecthomas/kong"
	_ "golang.org/x/crypto/x509roots/fallback" // used where the system has none
)

// cli is every command with its flags; each flag can also be set by the environment variable in its tag.
type cli struct {
	Serve       serveCmd       `cmd:"" help:"Answer on Telegram."`
	Demo        demoCmd        `cmd:"" help:"Show the whole program in the browser: no token, no network, nothing kept."`
	Doctor      doctorCmd      `cmd:"" help:"Check everything the program needs and say how to mend what is wrong."`
	Verify      verifyCmd      `cmd:"" help:"Check that nothing of the record was altered, taken out or put in its place."`
	Export      exportCmd      `cmd:"" help:"Take a case out of the record for others, or a table to edit."`
	Import      importCmd      `cmd:"" help:"Bring an official plan or an edited spreadsheet into force, once it was shown what that means."`
	Lot         lotCmd         `cmd:"" help:"Print which answered cases of a week the lot falls on, so that anybody can recompute it."`
	Route       routeCmd       `cmd:"" help:"Read reports as JSON lines and print what the bot would decide."`
	Deadline    deadlineCmd    `cmd:"" help:"Compute a deadline and say why."`
	Job         jobCmd         `cmd:"" help:"List the jobs, or run one by hand."`
	Config      configCmd      `cmd:"" help:"Print the table of all flags and environment variables."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running program whether it is well; for containers."`
	APIKey      apiKeyCmd      `cmd:"" name:"api-key" help:"Keys of programs that file reports by Open311: make, list, revoke."`
	Key         keyCmd         `cmd:"" help:"Make a key that seals personal data, or take old keys out of use."`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() { os.Exit(untilSignal()) }

// untilSignal runs until done, or until told to stop.
func untilSignal() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
}

// run parses the arguments and runs the command; it returns the exit code.
func run(ctx context.Context, args []string, s streams) int {
	parser, err := newParser(s)
	if err != nil {
		panic(err) // the flags are ours
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		_, _ = fmt.Fprintf(s.err, "gridwarden: %v\nTry: gridwarden --help\n", err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(s); err != nil && !errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintf(s.err, "gridwarden: %v\n", err)
		return 1
	}
	return 0
}

func newParser(s streams) (*kong.Kong, error) {
	return kong.New(&cli{}, kong.Name("gridwarden"), kong.Writers(s.out, s.err), kong.UsageOnError(),
		kong.Description("Grid-based environmental supervision and public reporting by chat."))
}
