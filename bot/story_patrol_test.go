package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// The township government of 马厂乡, and a metre east of it in degrees.
const (
	machangLat, machangLon = 36.4434, 102.7543
	metreEast              = 1 / 89440.0
)

// walks shares the officer's place live for so many minutes, going east at so many metres a minute from where they are.
type walk struct {
	p    *person
	live int
	gone float64 // metres
}

func (p *person) setsOut() *walk {
	k := &walk{p: p}
	p.does(func() { k.live = p.SharesLive(machangLat, machangLon, 15, 8*3600).ID })
	return k
}

func (k *walk) walks(minutes int, metres float64) *walk {
	for range minutes {
		k.p.w.sleep(time.Minute)
		k.gone += metres
		k.p.Moves(k.live, machangLat, machangLon+k.gone*metreEast)
	}
	k.p.w.sleep(time.Second)
	return k
}

// jumps sends one place that is wrong by kilometres, as phones do under cliffs.
func (k *walk) jumps() *walk {
	k.p.w.sleep(35 * time.Second)
	k.p.Moves(k.live, machangLat+0.3, machangLon+0.2)
	k.p.w.sleep(25 * time.Second)
	return k
}

// patrols reads the inspector's patrols from the store, the first first.
func (w *world) patrols() []patrol.Patrol {
	w.t.Helper()
	ctx := context.Background()
	ids, err := w.app.store.Shelf(ctx, patrol.Kind, patrol.By("zhao"), 0, 1e12, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	found, err := w.app.store.Dossiers(ctx, patrol.Kind, ids)
	if err != nil {
		w.t.Fatal(err)
	}
	out := make([]patrol.Patrol, len(found))
	for i, d := range found {
		if err := d.Into(&out[i]); err != nil {
			w.t.Fatal(err)
		}
	}
	return out
}

// inspectorOfMachang is a story with an inspector of 马厂乡.
func inspectorOfMachang(t *testing.T, tell func(w *world, zhao *person)) {
	t.Helper()
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) { tell(w, w.officer("zhao")) })
}

// TestPatrol: a walk by live location counts; jumps of the phone are no way; photos and check-ins belong to it.
func TestPatrol(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("/patrol").sees("巡查开始").sees("走满 2 公里、30 分钟才算")
		k := zhao.setsOut()
		zhao.sees("正在跟随您的实时位置")
		k.walks(10, 60).jumps().walks(10, 60).jumps()
		zhao.photographs(1, "3号桥 一切正常").sees("已记入本次巡查，共 1 张").seesNot("现场上报，已受理")
		k.walks(16, 60)
		w.sleep(2 * time.Minute)
		zhao.does(func() { zhao.SendsLocation(machangLat, machangLon+(k.gone+100)*metreEast, 12) })
		zhao.sees("已记录：马厂乡").says("结束巡查").sees("巡查结束").sees("算一次有效巡查").sees("剔除定位跳点 2 个").sees("照片 1 张")
		all := w.patrols()
		if len(all) != 1 || all[0].Result == nil || !all[0].Result.Valid || all[0].Cell != "630202206" {
			t.Fatalf("stored as %+v", all)
		}
		if way := all[0].Result.Way; way < 2150 || way > 2350 {
			t.Errorf("%.0f m, want about 2260", way)
		}
		if n := len(all[0].Track); n > 45 {
			t.Errorf("%d fixes are kept of 39 minutes", n)
		}
		pictures := 0
		for _, m := range zhao.FromBot() {
			if len(m.Photo) > 0 {
				pictures++
				show(t, w, "patrol", m.Photo)
			}
		}
		if pictures != 1 {
			t.Errorf("%d pictures", pictures)
		}
		zhao.says("/patrol").sees("巡查开始").says("/patrol").sees("正在记录")
		w.golden("patrol.txt")
	})
}

// TestPatrol_TooShort says in plain words what is missing, and does not count.
func TestPatrol_TooShort(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("开始巡查")
		zhao.setsOut().walks(20, 70)
		zhao.says("/patrol").sees("还不算有效巡查").sees("路程还差 600 米").sees("时间还差 10 分钟")
		if p := w.patrols(); len(p) != 1 || p[0].Result.Valid || p[0].Result.Way < 1390 {
			t.Errorf("stored as %+v", p)
		}
		zhao.says("巡查结束").sees("现在没有进行中的巡查")
	})
}

// TestPatrol_NextDoor does not count: it was in another township.
func TestPatrol_NextDoor(t *testing.T) {
	story(t, func(w *world) {
		li := w.officer("li")
		li.says("/patrol")
		li.setsOut().walks(40, 60)
		li.says("/patrol").sees("还不算有效巡查").sees("走在本网格外").sees("路程还差 2000 米")
	})
}

// TestPatrol_Driven does not count: from a fast car nobody sees anything.
func TestPatrol_Driven(t *testing.T) {
	inspectorOfMachang(t, func(_ *world, zhao *person) {
		zhao.says("/patrol")
		k := zhao.setsOut()
		for range 10 {
			k.walks(1, 1200).walks(1, -1200).walks(1, 1200).walks(1, -1200)
		}
		zhao.says("/patrol").sees("还不算有效巡查").sees("车速太快")
	})
}

// TestPatrol_WeakSignal: what was sent on the way arrives hours later and counts by when it was written; the arrival is shown. The
// patrol, which ended by itself meanwhile, is judged anew.
func TestPatrol_WeakSignal(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("/patrol")
		began := w.emulator.Now()
		w.sleep(121 * time.Minute)
		zhao.sees("巡查已自动结束").sees("没有收到位置")
		for i := range 5 { // one after the other, as the phone finds its network
			at := began.Add(time.Duration(i*10) * time.Minute)
			zhao.does(func() {
				zhao.SendsLocation(machangLat, machangLon+float64(i*600)*metreEast, 12, botapi.At(at))
			})
		}
		zhao.sees("晚到的位置已补入").sees("算一次有效巡查").sees("5 个位置晚到")
		if n := zhao.count("晚到的位置已补入"); n != 1 {
			t.Errorf("told %d times", n)
		}
		all := w.patrols()
		if len(all) != 1 || !all[0].Result.Valid || !all[0].ByItself || len(all[0].Track) != 5 {
			t.Fatalf("stored as %+v", all)
		}
		for _, f := range all[0].Track {
			if f.Arrived.Sub(f.At) < time.Hour {
				t.Errorf("%+v does not say when it arrived", f)
			}
		}
		w.golden("patrol_weak_signal.txt")
	})
}

// TestPatrol_PhotosAreMarked: one that was forwarded and one that was sent before are kept and marked; one that shows pollution
// becomes a report.
func TestPatrol_PhotosAreMarked(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		other := w.citizen("别人")
		zhao.says("/patrol").photographs(41, "").sees("已记入本次巡查，共 1 张")
		zhao.does(func() {
			zhao.SendsPhoto(photo(87), botapi.ForwardedFrom(other.Person, w.emulator.Now().Add(-240*time.Hour)))
		})
		zhao.sees("共 2 张，并注明：转发的照片")
		zhao.says("结束巡查").sees("没有收到位置").sees("其中 1 张：转发的照片").seesNot("以前发过的照片")
		w.sleep(24 * time.Hour)
		zhao.says("/patrol").photographs(41, "今天的河边").sees("并注明：以前发过的照片")
		zhao.setsOut()
		zhao.photographs(66, "河边新倒了一车建筑垃圾").sees("现场上报，已受理")
		if c := w.caseOf(zhao.number()); c.Point == nil || c.Cell != "630202206" {
			t.Errorf("filed at %v in %s, not where the patrol was", c.Point, c.Cell)
		}
		zhao.says("结束巡查").sees("其中 1 张：以前发过的照片")
		all := w.patrols()
		if len(all) != 2 || len(all[0].Shots) != 2 || len(all[1].Shots) != 1 {
			t.Fatalf("stored as %+v", all)
		}
	})
}

// TestPatrol_OldPhoto: a file that says itself that it was taken before the patrol is marked.
func TestPatrol_OldPhoto(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("/patrol")
		taken := w.emulator.Now().AddDate(0, 0, -30).In(w.district.Settings.TimeZone)
		zhao.does(func() { zhao.SendsDocument("a.jpg", "image/jpeg", photoTaken(5, taken)) })
		zhao.sees("并注明：巡查开始前拍的")
	})
}

// TestPatrol_Restart in the middle loses nothing, and neither does one without a goodbye.
func TestPatrol_Restart(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("/patrol")
		k := zhao.setsOut().walks(20, 60)
		w.restart()
		k.walks(10, 60)
		w.outage(5 * time.Minute)
		k.walks(10, 60)
		zhao.says("结束巡查").sees("算一次有效巡查")
		if p := w.patrols(); len(p) != 1 || p[0].Result.Way < 2380 || p[0].Result.Way > 2420 {
			t.Errorf("stored as %+v", p[0].Result)
		}
	})
}

// TestPatrol_Forgotten ends by itself, at the last that was heard, and only for those who may go one.
func TestPatrol_Forgotten(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("/patrol")
		zhao.setsOut().walks(40, 60)
		last := w.patrols()[0].Last()
		w.sleep(3 * time.Hour)
		zhao.sees("巡查已自动结束").sees("算一次有效巡查")
		if p := w.patrols()[0]; !p.End.Equal(last) || !p.ByItself {
			t.Errorf("ended at %v, by itself %v, want %v", p.End, p.ByItself, last)
		}
		events, err := w.app.store.DossierHistory(context.Background(), patrol.Kind, w.patrols()[0].ID)
		if err != nil || len(events) < 40 {
			t.Errorf("%d events, %v", len(events), err)
		}
		w.citizen("马").says("/patrol").sees("只对有相应职责的人员开放")
	})
}

// TestPatrol_TwoMinutesOfAPhone: hundreds of places are kept as few, and the last of them is there.
func TestPatrol_TwoMinutesOfAPhone(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		zhao.says("/patrol")
		k := zhao.setsOut()
		for i := range 40 {
			w.sleep(3 * time.Second)
			zhao.Moves(k.live, machangLat, machangLon+float64(i)*4*metreEast)
		}
		w.sleep(time.Second)
		p := w.patrols()[0]
		if len(p.Track) > 7 || p.Track[len(p.Track)-1].Point.Lon < machangLon+155*metreEast {
			t.Errorf("%d fixes, the last %+v", len(p.Track), p.Track[len(p.Track)-1])
		}
	})
}

// photoTaken is a JPEG whose EXIF says when it was taken.
func photoTaken(seed int, at time.Time) []byte {
	const sub, text = 8 + 2 + 12 + 4, 26 + 2 + 12 + 4
	tiff := slices.Concat([]byte("II*\x00"), []byte{8, 0, 0, 0},
		[]byte{1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, sub, 0, 0, 0}, make([]byte, 4),
		[]byte{1, 0, 0x03, 0x90, 2, 0, 20, 0, 0, 0, text, 0, 0, 0}, make([]byte, 4),
		[]byte(at.Format("2006:01:02 15:04:05")+"\x00"))
	body := append([]byte("Exif\x00\x00"), tiff...)
	size := len(body) + 2
	plain := photo(seed)
	return slices.Concat(plain[:2], []byte{0xff, 0xe1, byte(size >> 8), byte(size)}, body, plain[2:])
}

// show keeps the largest size of a picture to be looked at, when GRIDWARDEN_PICTURES names a folder.
func show(t *testing.T, w *world, name string, sizes []models.PhotoSize) {
	t.Helper()
	dir := os.Getenv("GRIDWARDEN_PICTURES")
	if dir == "" {
		return
	}
	data, _ := w.emulator.File(sizes[len(sizes)-1].FileID)
	if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600); err != nil {
		t.Fatal(err)
	}
}
