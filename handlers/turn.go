package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Desk deals with what arrives: it turns an entry of the inbox into a message, asks the conversation or the verb what
// it means, and commits everything that follows from it as one change.
type Desk struct {
	Store       Store
	Work        *casework.Work
	Plan        plan.Work // of the district, and its milestones
	Enterprises enterprise.Work
	Sites       *site.Work

	Publications publication.Work // what is owed to the public
	Channel      int64            // the Telegram channel in which publications are posted; 0 for none
	SiteURL      string           // address of the public site, for links; may be empty

	Water water.Work // where water is looked at, and how it is judged
	Book  flow.Book
	Texts *texts.Catalogue
	Rules Rules
	Clock func() time.Time
	Log   *slog.Logger
	Rand  io.Reader // for ids and codes

	Pseudonym func(user int64) grid.PersonID                    // who somebody is to us
	Reporter  func(user int64) grid.PersonID                    // and who as a reporter: cases never name the other pseudonym
	Answer    func(ctx context.Context, callback, toast string) // answers a button press
	Committed func(c ledger.Change)                             // wakes the sender and the fetcher
	Office    *office.Office                                    // what the admin does with the district's tables
	Bring     Bringer                                           // fetches a table that the admin sent
	Evidence  bundle.Files                                      // for bundles
	Head      letterhead.Head                                   // words numbered documents
	Parcels   Parcels                                           // keeps files that are to be sent
	Boards    Boards                                            // which public boards have to stand
	Patrols   PatrolBook                                        // what patrols are judged by
	Borders   BorderBook                                        // who lies beyond the district's line
	Alias     func(what string, user int64) grid.PersonID       // who somebody is in one matter, by a name that leads to none of their others
	Keep      Keeper                                            // keeps what came by a door as evidence
	Outreach  func() OutreachBook                               // how the public is reached
	Page      Pages                                             // the staff page; nil: there is none
	Officer   func(grid.PersonID) bool                          // has duties, by the roster of the moment
	BotName   string                                            // for links to the bot

	// Gate is closed while the fields above are replaced: nothing of Telegram is under way then, but somebody may stand at a
	// door, and waits.
	Gate sync.RWMutex

	throttle throttle
	doors    doors
}

// Rules are the numbers of the verbs; they come from the settings of the district, with their sources.
type Rules struct {
	DuplicateRadius float64       // metres
	PublicSquare    float64       // metres: places are told to the public as the middle of a square of this size
	AlarmRadius     float64       // metres within which two alarms are of one incident
	AlarmJoin       time.Duration // how old an alarm may be that another joins
	DuplicateWindow time.Duration // how old a similar report may be
	ClusterRadius   float64       // metres around a report within which others gather (集中举报)
	ClusterWindow   time.Duration
	ClusterReports  int // different people that make a gathering
	PerDay          int // reports of one person in 24 hours
	Door            DoorRules
	WrongCodes      int      // how often somebody may be wrong on one day when they ask for a report by number and code
	UnsealSilent    []string // reasons for reading a name of which the reporter is not told
	IdentityDays    int      // how long a person is kept after the last of their cases is over
	FilesPerDay     int      // files of one person that are fetched in a day
	InviteValid     time.Duration
	AbsenceLongest  int // days
	Reminding       muster.Reminding
	MusterRadius    float64 // metres from the place that count as there
	DrawSeed        string  // of draws of sites; public
	DrawTogether    int     // inspectors who go to a drawn site together
	PageSize        int     // cases on one page of a worklist
	RewardSmall     int     // fewer rewards than that are not told apart in public
	SmallNumber     int     // figures made of fewer are marked
	ProgressEvery   int     // cases, after which a long count says how far it is
	OfficeName      string  // as letters are signed
	MoveLetter      string  // what stands before the year of a letter's number
	Assess          AssessRules
	Meeting         meeting.Rules
	MeetingPoints   int // of each kind that an agenda is drawn with
	MeetingOverdue  int // days from which an overdue case is a point
	Border          border.Rules
	Referral        referral.Rules
	ReferralBasis   map[referral.Ground]string // the line of law in letters that hand a case over
	Consult         consultation.Rules
	Votes           int // of new browsers of one network in a day
	Hearing         hearing.Rules
	Location        *time.Location

	MessageWindow     time.Duration // in which messages are counted
	MessagesPerPerson int           // of one of the public in a window
	MessagesPerChat   int           // of one group, or one officer, in a window
	MaxFile           int64         // bytes
	AbuseFlags        int           // marked reports after which a reporter may send fewer
	PerDayFlagged     int           // reports of such a person in 24 hours
	AbuseKept         time.Duration // how long a mark counts
}

const attempts = 10 // how often a turn is made anew because somebody was faster

// Handle deals with one entry: all of it or nothing. An error means that nothing happened.
func (d *Desk) Handle(ctx context.Context, e ledger.Entry) error {
	msg, ok, err := d.read(e)
	if err != nil {
		return d.apologise(ctx, e)
	}
	if !ok {
		return d.forget(ctx, e)
	}
	v, wait := d.throttled(e, msg)
	if v == leave {
		return d.leave(ctx, e)
	}
	waiting := msg.Callback != "" // a pressed button is answered as soon as it is known with what, before the disk has it
	for range attempts {
		s, err := d.scene(ctx, msg)
		switch {
		case err != nil:
		case v == tell:
			s.tooFast(wait)
		default:
			s.answered = !waiting
			err = s.play() //nolint:contextcheck // a scene carries the context of its turn
		}
		if err == nil {
			err = s.fetch()
		}
		if err != nil {
			return blame(err)
		}
		if !s.answered {
			d.Answer(ctx, msg.Callback, s.toast)
		}
		waiting = false
		change, err := s.finish(e.ID)
		if err != nil {
			return err
		}
		_, err = d.Store.Commit(ctx, change)
		if errors.Is(err, ledger.ErrConflict) {
			continue
		}
		if err != nil {
			return blame(err)
		}
		d.Committed(change)
		return nil
	}
	return errors.New("too many conflicts")
}

// forget drops an entry that nothing follows from.
func (d *Desk) forget(ctx context.Context, e ledger.Entry) error {
	if _, err := d.Store.Commit(ctx, ledger.Change{At: d.Clock(), Done: e.ID}); err != nil {
		return blame(err)
	}
	return nil
}

// blame marks an error that is the store's and not the message's.
func blame(err error) error {
	if storeAway(err) {
		return fmt.Errorf("%w: %w", errStore, err)
	}
	return err
}

// read turns an entry into a message: an update of Telegram, or a word from the fetcher; false when nothing follows from
// it. What cannot be read is an error, so that it is set aside and not lost: the key may be the wrong one.
func (d *Desk) read(e ledger.Entry) (Message, bool, error) {
	if e.Update == 0 {
		var f FetchedFile
		if json.Unmarshal(e.Data, &f) != nil {
			return Message{}, false, errUnreadable
		}
		if !pseudonym.MatchString(f.Person) {
			return Message{}, false, nil
		}
		return Message{Kind: Fetched, Fetch: &f, At: e.Arrived, Arrived: e.Arrived}, true, nil
	}
	u, err := decode(e.Data)
	if err != nil {
		return Message{}, false, err
	}
	msg, ok := FromUpdate(&u, e.Arrived)
	return msg, ok, nil
}

// LaneOf names the lane of an entry: its chat, or the person whose file was fetched.
func (d *Desk) LaneOf(e ledger.Entry) string {
	if e.Update == 0 {
		var f FetchedFile
		_ = json.Unmarshal(e.Data, &f)
		return f.Person
	}
	type chat struct {
		From struct{ ID int64 }
		Chat struct{ ID int64 }
	}
	var u struct {
		Message  *chat `json:"message"`
		Edited   *chat `json:"edited_message"`
		Member   *chat `json:"my_chat_member"`
		Callback *struct {
			From    struct{ ID int64 }
			Message *chat
		} `json:"callback_query"`
	}
	_ = json.Unmarshal(e.Data, &u)
	for _, m := range []*chat{u.Message, u.Edited, u.Member} {
		if m != nil {
			return d.lane(m.From.ID, m.Chat.ID)
		}
	}
	if c := u.Callback; c != nil {
		id := c.From.ID
		if c.Message != nil && c.Message.Chat.ID != 0 {
			id = c.Message.Chat.ID
		}
		return d.lane(c.From.ID, id)
	}
	return ""
}

func (d *Desk) lane(user, chat int64) string {
	if user == chat || chat == 0 {
		return string(d.Pseudonym(user))
	}
	return strconv.FormatInt(chat, 10)
}
