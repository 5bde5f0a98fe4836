package handlers

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// savePhone keeps phone and name of the report that was just submitted with the person, sealed.
func (s *scene) savePhone(c flow.SavePhone) {
	s.keep(named(s.person, c.Name, c.Phone, s.now))
}

// named is the person with what they left of themselves; what is empty stays as it was.
func named(p ledger.Person, name, phone string, now time.Time) ledger.Person {
	if phone != "" {
		p.Phone = phone
	}
	if name != "" {
		p.Name, p.Named = name, now.UTC().Truncate(time.Second)
	}
	return p
}

// giveName marks the person's own case as reported under a real name; name and phone stay with the person, sealed.
func (s *scene) giveName(a flow.GiveName) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.GiveName})
	if err != nil {
		return err
	}
	s.keep(named(s.person, a.Name, a.Phone, s.now))
	s.say(flow.Reply{Key: "name.kept", Args: map[string]any{"number": c.Shown()}, Hide: true})
	return nil
}

// takeNameBack makes the case anonymous again. With the last of them name and phone are gone.
func (s *scene) takeNameBack(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.TakeNameBack})
	if err != nil {
		return err
	}
	others, err := s.otherNamed(id)
	if err != nil {
		return err
	}
	key := "name.taken_back"
	if !others {
		key = "name.gone"
		p := s.person
		p.Name, p.Phone, p.Named = "", "", time.Time{}
		s.keep(p)
	}
	s.say(flow.Reply{Key: key, Args: map[string]any{"number": c.Shown()}})
	return nil
}

// otherNamed tells whether another case of the person's is reported under their real name.
func (s *scene) otherNamed(but casework.CaseID) (bool, error) {
	cases, err := s.ownCases()
	for _, c := range cases {
		if c.ID != but && c.RealName && c.Reporter == s.reporter {
			return true, err
		}
	}
	return false, err
}

// ownCases reads everything that the person reported or follows as one of the public.
func (s *scene) ownCases() ([]casework.Case, error) {
	ids, err := s.Store.ByPerson(s.ctx, s.reporter)
	if err != nil {
		return nil, err
	}
	return s.Store.Cases(s.ctx, ids)
}
