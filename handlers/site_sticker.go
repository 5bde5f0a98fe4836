package handlers

import (
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/picture"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const sheetsEach = 4 // sheets of stickers that come at once

// siteLink is what the code on a site's sticker says.
func (s *scene) siteLink(n site.Number) string {
	return "https://t.me/" + s.BotName + "?start=" + flow.SiteLink + string(n)
}

// sticker is a site's sticker: in Chinese, for that is what people on the spot read.
func (s *scene) sticker(x site.Site) picture.Sticker {
	lang := texts.Reference
	return picture.Sticker{
		Link: s.siteLink(x.Number), Number: string(x.Number), Name: x.Name,
		Line: s.Texts.Plain(lang, "sticker.line", texts.Args{"kind": s.kindName(x.Kind), "cell": s.Sites.Tree.PathName(x.Cell)}),
		Hint: s.Texts.Plain(lang, "sticker.hint", nil),
	}
}

// showSticker brings a site's sticker as a file to be printed.
func (s *scene) showSticker(n site.Number) error {
	x, _, err := s.seen(n)
	if err != nil {
		return err
	}
	data, err := picture.DrawSticker(s.sticker(x))
	if err != nil {
		return err
	}
	document, err := s.document(string(n)+".png", data)
	if err != nil {
		return err
	}
	args := s.siteArgs(x)
	args["link"] = s.siteLink(n)
	s.say(flow.Reply{Key: "sticker.one", Args: args, Document: document})
	return nil
}

// showSheets brings the stickers of my sites, some on a sheet: /sites stickers.
func (s *scene) showSheets(offset int) error {
	areas := s.siteAreas()
	if len(areas) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	const each = sheetsEach * picture.StickersEach
	page, all, _, err := s.sitesOf(areas, offset, each)
	if err != nil {
		return err
	}
	if len(page) == 0 {
		s.say(flow.Reply{Key: "sites.title.empty"})
		return nil
	}
	for i := 0; i < len(page); i += picture.StickersEach {
		var some []picture.Sticker
		for _, x := range page[i:min(i+picture.StickersEach, len(page))] {
			some = append(some, s.sticker(x))
		}
		data, err := picture.DrawStickers(some)
		if err != nil {
			return err
		}
		name := "stickers-" + s.now.In(s.Rules.Location).Format(time.DateOnly) + "-" + strconv.Itoa((offset+i)/picture.StickersEach+1) + ".png"
		document, err := s.document(name, data)
		if err != nil {
			return err
		}
		r := flow.Reply{
			Key: "sticker.sheet", Args: texts.Args{"from": offset + i + 1, "to": offset + i + len(some), "n": all}, Document: document,
		}
		if last, next := i+picture.StickersEach >= len(page), offset+len(page); last && next < all {
			r.Rows = [][]flow.Choice{{{Key: "button.more", Data: siteData("sheets", site.Number(strconv.Itoa(next)))}}}
		}
		s.say(r)
	}
	return nil
}
