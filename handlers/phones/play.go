package phones

import "net/http"

// play answers POST /play {"do","scene"}: "start" begins that scene, or the first one, "pause" holds it, "resume" goes on, "stop" ends it. It
// answers 409 to what makes no sense now.
func (s *Site) play(w http.ResponseWriter, r *http.Request) {
	body := read[struct {
		Do    string `json:"do"`
		Scene string `json:"scene"`
	}](w, r)
	if body == nil {
		return
	}
	scene, found := s.player.scene(body.Scene)
	if !found {
		refuse(w, http.StatusNotFound, "not_found")
		return
	}
	acts := map[string]func() bool{
		"start": func() bool { return s.player.start(scene) }, "pause": s.player.pause, "resume": s.player.resume, "stop": s.player.halt,
	}
	act, known := acts[body.Do]
	switch {
	case !known:
		refuse(w, http.StatusBadRequest, "request")
	case !act():
		refuse(w, http.StatusConflict, "play")
	default:
		respond(w, s.player.view())
	}
}

func (p *player) start(scene Scene) bool {
	begun := p.turn(func(v *playView) { *v = playView{Status: playRunning, Scene: scene.ID, Steps: len(scene.Steps)} },
		playIdle, playDone, playFailed)
	if begun {
		select {
		case p.starts <- struct{}{}:
		default: // it is about to begin: stopped and started again at once
		}
	}
	return begun
}

func (p *player) pause() bool {
	return p.turn(func(v *playView) { v.Status = playPaused }, playRunning)
}

func (p *player) resume() bool {
	return p.turn(func(v *playView) { v.Status = playRunning }, playPaused)
}

func (p *player) halt() bool {
	halted := p.turn(func(v *playView) { *v = playView{Status: playIdle, Scene: v.Scene, Steps: v.Steps} }, playRunning, playPaused)
	p.mu.Lock()
	defer p.mu.Unlock()
	if halted && p.stop != nil {
		p.stop()
	}
	return halted
}
