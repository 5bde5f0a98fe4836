package phones

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

// sceneFiles are the scenes that come with the page, in the order of their names. What is said in them is data, like the
// words of the page.
//
//go:embed scenes
var sceneFiles embed.FS

// Scene is a scripted example that plays by itself. The page offers the scenes by their titles.
type Scene struct {
	ID    string `json:"id"` // small letters, digits, "_"
	Title Words  `json:"title"`
	Steps []Step `json:"steps"`
}

// embeddedScenes reads the scenes that come with the page.
func embeddedScenes() ([]Scene, error) {
	entries, err := sceneFiles.ReadDir("scenes")
	if err != nil {
		return nil, err
	}
	scenes := make([]Scene, 0, len(entries))
	for _, e := range entries {
		raw, err := sceneFiles.ReadFile("scenes/" + e.Name())
		if err != nil {
			return nil, err
		}
		scene, err := ParseScene(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		scenes = append(scenes, scene)
	}
	return scenes, nil
}

// ParseScene reads a scene, a JSON object. The error names the step that is wrong, counting from one.
func ParseScene(raw []byte) (Scene, error) {
	var scene Scene
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&scene); err != nil {
		return Scene{}, fmt.Errorf("scene: %w", err)
	}
	return scene, scene.check()
}

var sceneID = regexp.MustCompile(`^[a-z0-9_]+$`)

func (s Scene) check() error {
	switch {
	case !sceneID.MatchString(s.ID):
		return fmt.Errorf("scene: %q is no id", s.ID)
	case s.Title["zh-CN"] == "":
		return fmt.Errorf("scene %s: no title", s.ID)
	case len(s.Steps) == 0:
		return fmt.Errorf("scene %s: no steps", s.ID)
	}
	for i, step := range s.Steps {
		if err := step.check(); err != nil {
			return fmt.Errorf("scene %s, step %d: %w", s.ID, i+1, err)
		}
	}
	return nil
}

// checkScenes checks what a page is asked to offer: every scene in itself, each id once, nobody without a phone.
func (s *Site) checkScenes(scenes []Scene) error {
	if len(scenes) == 0 {
		return errors.New("no scenes")
	}
	seen := make(map[string]bool)
	for _, scene := range scenes {
		if err := scene.check(); err != nil {
			return err
		}
		if seen[scene.ID] {
			return fmt.Errorf("scene %s is there twice", scene.ID)
		}
		seen[scene.ID] = true
		for i, step := range scene.Steps {
			if step.Who != "" && s.actor(step.Who) == "" {
				return fmt.Errorf("scene %s, step %d: no phone %q", scene.ID, i+1, step.Who)
			}
		}
	}
	return nil
}

// sceneView is how the page offers a scene.
type sceneView struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
}

// sceneViews lists the scenes in their order.
func (p *player) sceneViews() []sceneView {
	out := make([]sceneView, 0, len(p.scenes))
	for _, scene := range p.scenes {
		out = append(out, sceneView{scene.ID, scene.Title})
	}
	return out
}

// scene finds a scene by its id; an empty one is the first.
func (p *player) scene(id string) (Scene, bool) {
	for _, scene := range p.scenes {
		if scene.ID == id || id == "" {
			return scene, true
		}
	}
	return Scene{}, false
}
