package botapi

import "github.com/go-telegram/bot/models"

func (e *Emulator) getChat(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	return struct {
		models.Chat
		AccentColorID    int      `json:"accent_color_id"`
		MaxReactionCount int      `json:"max_reaction_count"`
		AcceptedGifts    struct{} `json:"accepted_gift_types"`
	}{Chat: ch.Chat, MaxReactionCount: 11}, nil
}

func (e *Emulator) getChatMember(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	id, err := c.integer("user_id")
	if err != nil {
		return nil, err
	}
	for _, p := range ch.members {
		if p.user.ID == id {
			member := memberOf(p.user)
			return &member, nil
		}
	}
	if id == e.botID {
		member := memberOf(*e.bot())
		return &member, nil
	}
	return nil, badRequest("member not found")
}

func (e *Emulator) leaveChat(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	if ch.Type == models.ChatTypePrivate {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	ch.blocked = true
	return true, nil
}

func memberOf(user models.User) models.ChatMember {
	return models.ChatMember{Type: models.ChatMemberTypeMember, Member: &models.ChatMemberMember{User: &user}}
}

func bannedOf(user models.User) models.ChatMember {
	return models.ChatMember{Type: models.ChatMemberTypeBanned, Banned: &models.ChatMemberBanned{User: &user}}
}

func leftOf(user models.User) models.ChatMember {
	return models.ChatMember{Type: models.ChatMemberTypeLeft, Left: &models.ChatMemberLeft{User: &user}}
}
