package main

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// announce registers the commands that everybody sees in Telegram's menu, in every language, and those of each officer
// in the officer's own chat.
func (a *app) announce(ctx context.Context) error {
	for _, lang := range texts.Langs() {
		params := &telegram.SetMyCommandsParams{Commands: a.menu(lang, nil), LanguageCode: short(lang)}
		if lang == texts.Reference {
			params.LanguageCode = "" // whoever's language we do not speak sees Chinese
		}
		if _, err := a.bot.SetMyCommands(ctx, params); err != nil {
			return fmt.Errorf("commands in %s: %w", lang, err)
		}
	}
	roster, err := a.store.Roster(ctx)
	if err != nil {
		return err
	}
	for _, o := range roster.Officers() {
		if !o.Reachable() {
			continue
		}
		if err := a.announceTo(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// announcing keeps the menus of officers in step with their appointments until ctx ends.
func (a *app) announcing(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case officers := <-a.changed:
			for _, o := range officers {
				if !o.Reachable() {
					continue
				}
				if err := a.announceTo(ctx, o); err != nil && ctx.Err() == nil {
					a.Log.WarnContext(ctx, "command menu not set", handlers.CallAttr(err))
				}
			}
		}
	}
}

// announceTo puts an officer's own commands into the menu of their chat.
func (a *app) announceTo(ctx context.Context, o grid.Officer) error {
	p, err := a.store.Person(ctx, o.Person)
	if grid.CodeOf(err) == grid.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	var roles []grid.Role
	for _, ap := range o.Appointments {
		if ap.Active(a.Clock()) {
			roles = append(roles, ap.Role)
		}
	}
	_, err = a.bot.SetMyCommands(ctx, &telegram.SetMyCommandsParams{
		Commands: a.menu(a.desk.Texts.Match(p.Lang), roles), Scope: &models.BotCommandScopeChat{ChatID: p.Chat},
	})
	if err != nil {
		return fmt.Errorf("an officer's commands: %w", err)
	}
	return nil
}

// menu is the command menu of somebody with these roles.
func (a *app) menu(lang texts.Lang, roles []grid.Role) []models.BotCommand {
	commands := handlers.CommandsFor(roles)
	out := make([]models.BotCommand, 0, len(commands))
	for _, c := range commands {
		out = append(out, models.BotCommand{Command: c.Name, Description: a.desk.Texts.Plain(lang, "command."+c.Name, nil)})
	}
	return out
}

func short(lang texts.Lang) string {
	two, _, _ := strings.Cut(string(lang), "-")
	return two
}

// dropWebhook makes polling possible.
func (a *app) dropWebhook(ctx context.Context) error {
	if _, err := a.bot.DeleteWebhook(ctx, &telegram.DeleteWebhookParams{}); err != nil {
		return fmt.Errorf("webhook not removed: %w", err)
	}
	return nil
}

// setWebhook tells Telegram where to send updates.
func (a *app) setWebhook(ctx context.Context, url, key string) error {
	_, err := a.bot.SetWebhook(ctx, &telegram.SetWebhookParams{
		URL: url, SecretToken: key, MaxConnections: 40, AllowedUpdates: handlers.AllowedUpdates(),
	})
	if err != nil {
		return fmt.Errorf("webhook not set: %w", err)
	}
	return nil
}

// greetAdmin prints, as long as nobody is admin, a link that makes whoever opens it first the admin. It is good once, for
// as long as any invitation, and until the next one is printed: one that lies in some log must not be found later.
func (a *app) greetAdmin(ctx context.Context, out io.Writer) error {
	roster, err := a.store.Roster(ctx)
	if err != nil {
		return err
	}
	root := a.District.Tree.Root()
	now := a.Clock()
	if roster.Held(grid.Admin, root.Code, now) {
		return nil
	}
	change, err := a.withoutFirstLinks(ctx)
	if err != nil {
		return err
	}
	raw := make([]byte, 10)
	if _, err = rand.Read(raw); err != nil {
		return err
	}
	code := strings.ToLower(base32.StdEncoding.EncodeToString(raw))
	id := grid.OfficerID("admin")
	if _, there := roster.Officer(id); there {
		id += grid.OfficerID("-" + now.In(a.District.Settings.TimeZone).Format("20060102150405"))
	}
	change.At = now
	change.Invites = append(change.Invites, ledger.InviteWrite{Invite: ledger.Invite{
		Hash: handlers.HashInvite(code), Made: now, Expires: now.Add(a.District.Settings.InvitationValid),
		Officer: grid.Officer{
			ID: id, Name: "admin", Appointments: []grid.Appointment{{Role: grid.Admin, Cell: root.Code, From: now}},
		},
	}})
	_, err = a.store.Commit(ctx, change)
	if errors.Is(err, ledger.ErrConflict) { // another process starts as well
		return a.greetAdmin(ctx, out)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "There is no administrator yet. Whoever opens this link first becomes one:\n  https://t.me/%s?start=%s\n", a.me, code)
	return err
}

// withoutFirstLinks takes back every link that was printed before and makes an admin.
func (a *app) withoutFirstLinks(ctx context.Context) (ledger.Change, error) {
	var change ledger.Change
	invites, err := a.store.Invites(ctx)
	for _, inv := range invites {
		if inv.By == "" {
			change.Invites = append(change.Invites, ledger.InviteWrite{Invite: inv, Take: true})
		}
	}
	return change, err
}
