// Package phones is the page of the demonstration: several phones side by side, each a chat with the bot, a map of the
// cells, a clock that can be moved on, and scripted scenes to choose from (scenes/), which play by themselves.
//
// The phones are the people's side of a [botapi.Emulator]; the bot on the other side is the real one and knows nothing
// of this package. Wire it so:
//
//	emulator := botapi.New(botapi.WithClock(clock.Now))
//	site, err := phones.New(phones.Options{
//		Emulator: emulator,
//		Phones: []phones.Phone{ // the ids are those that the script calls by name
//			{ID: "citizen", User: 1001, Name: citizen, Role: "citizen", Language: "zh-hans"},
//			{ID: "inspector", User: 1002, Name: inspector, Role: "inspector", Language: "zh-hans"},
//			{ID: "supervisor", User: 1003, Name: supervisor, Role: "supervisor", Language: "zh-hans"},
//			{ID: "desk", User: 1004, Name: desk, Role: "desk", Language: "zh-hans"}, // the third place is shared
//		},
//		Now:     clock.Now,
//		Advance: clock.Advance, // moves the clock on and runs the cron jobs that became due; tells which
//		Cells:   townships, Outline: outline, Rivers: rivers, // GeoJSON in WGS-84
//		Cases:   openCases,
//	})
//	go site.Run(ctx) // follows the emulator and plays the example; ends every stream when ctx is done
//	server := &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second}
//
// Listen on a loopback address only: whoever can open the page acts as everybody on it. A page of another origin can
// not (see guard.go), nor one whose name was made to point here.
//
// What the bot must have before the page is of use: the officers of the phones appointed in the roster under their
// Telegram ids, and Known called for them in the emulator if the bot shall write to them first.
package phones
