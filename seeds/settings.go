package seeds

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Settings are the numbers of law and practice that the program works by, from settings.yaml. The tag setting is the
// name there; unit, where there is one, is the unit that the file must give.
type Settings struct {
	TimeZone *time.Location `setting:"time_zone"`

	DecideLimit    calendar.Limit `setting:"decide_limit"`     // from arrival to accepting or refusing
	NotifyLimit    calendar.Limit `setting:"notify_limit"`     // the most the regulation gives for telling it
	TransferLimit  calendar.Limit `setting:"transfer_limit"`   // from accepting to handing on
	StartLimit     calendar.Limit `setting:"start_limit"`      // from handing on to beginning
	FinishLimit    calendar.Limit `setting:"finish_limit"`     // from accepting to the answer, as the office promises
	FinishLawLimit calendar.Limit `setting:"finish_law_limit"` // the same as the regulation binds it
	ExtensionLimit calendar.Limit `setting:"extension_limit"`  // the most that all extensions together may add
	ObjectionLimit calendar.Limit `setting:"objection_limit"`  // to say "not mine" with reasons

	FirstReportLimit      calendar.Limit `setting:"first_report_limit"`       // to report an incident of level IV or III
	FirstReportGraveLimit calendar.Limit `setting:"first_report_grave_limit"` // of level II or I, or unclear and sensitive
	AlarmLimit            calendar.Limit `setting:"alarm_limit"`              // somebody on duty has an alarm
	NeighbourLimit        calendar.Limit `setting:"neighbour_limit"`          // a neighbour is told of an incident

	AnswerLimit     calendar.Limit `setting:"answer_limit"`     // for the reporter to say what is missing
	AdjudicateLimit calendar.Limit `setting:"adjudicate_limit"` // to decide whose an objected case is
	TaskLimit       calendar.Limit `setting:"task_limit"`       // for a supporting department
	ReplyLimit      calendar.Limit `setting:"reply_limit"`      // from approving the finding to telling the reporter
	ConfirmLimit    calendar.Limit `setting:"confirm_limit"`    // for the reporter to agree or object
	SpotLimit       calendar.Limit `setting:"spot_limit"`       // to look at an answered case again
	ReviewLimit     calendar.Limit `setting:"review_limit"`     // to answer a review or re-review
	ReviewAskLimit  calendar.Limit `setting:"review_ask_limit"` // for the reporter to ask for one
	MaxBounces      int            `setting:"max_bounces" unit:"times"`
	MaxReopened     int            `setting:"max_reopened" unit:"times"`
	CallbackShare   int            `setting:"callback_share" unit:"%"` // of answered cases that are looked at again
	CallbackSeed    string         `setting:"callback_seed"`           // of the lot that finds them; public
	CallbackDraw    Cron           `setting:"callback_draw"`
	Certified       int            `setting:"certified_officers" unit:"persons"` // that investigate a violation

	DecideStages     []casework.StageRule `setting:"decide_stages"`
	NotifyStages     []casework.StageRule `setting:"notify_stages"`
	AnswerStages     []casework.StageRule `setting:"answer_stages"`
	TransferStages   []casework.StageRule `setting:"transfer_stages"`
	StartStages      []casework.StageRule `setting:"start_stages"`
	FinishStages     []casework.StageRule `setting:"finish_stages"`
	AdjudicateStages []casework.StageRule `setting:"adjudicate_stages"`
	TaskStages       []casework.StageRule `setting:"task_stages"`
	ReplyStages      []casework.StageRule `setting:"reply_stages"`
	ConfirmStages    []casework.StageRule `setting:"confirm_stages"`
	SpotStages       []casework.StageRule `setting:"spot_stages"`
	ReviewStages     []casework.StageRule `setting:"review_stages"`
	AlarmStages      []casework.StageRule `setting:"alarm_stages"`
	ReportUpStages   []casework.StageRule `setting:"report_up_stages"`
	NeighbourStages  []casework.StageRule `setting:"neighbour_stages"`
	QuietHours       calendar.Quiet       `setting:"quiet_hours"` // no reminder in them, emergencies excepted

	OfficeName string `setting:"office_name"` // as letters are signed
	MoveLetter string `setting:"move_letter"` // what stands before the year of a letter's number

	ReceiptWithin   time.Duration  `setting:"receipt_within"`             // "received" is expected of whoever is pressed; then the level above is told
	PressSilence    int            `setting:"press_silence" unit:"days"`  // nothing on record while it is worked on: 督办 is proposed
	PressBounces    int            `setting:"press_bounces" unit:"times"` // moves after objections: likewise
	PressReopened   int            `setting:"press_reopened" unit:"times"`
	PressReturned   int            `setting:"press_returned" unit:"times"`
	PressAnswer     calendar.Limit `setting:"press_answer"`     // what a document of the ladder gives to report
	LetterOrder     string         `setting:"letter_order"`     // 催办通知书: the form of its number, with {year} and {n}
	LetterPress     string         `setting:"letter_press"`     // 督办单
	LetterCirculate string         `setting:"letter_circulate"` // 通报
	LetterSummon    string         `setting:"letter_summon"`    // 约谈建议书
	PressBasis      string         `setting:"press_basis"`      // the line of law in documents of the ladder
	SummonBasis     string         `setting:"summon_basis"`     // and in those that propose to summon
	LetterRestrict  string         `setting:"letter_restrict"`  // 限批建议书
	RestrictBasis   string         `setting:"restrict_basis"`   // and in those that propose to suspend approvals
	AssessComment   calendar.Limit `setting:"assess_comment"`   // for those assessed, to say what they think of their figures
	Bulletin        Cron           `setting:"bulletin"`         // when the draft of a 通报 is made

	SiteColdFrom   site.Day `setting:"site_cold_from"`              // the cold season of inspections, its first day
	SiteColdUntil  site.Day `setting:"site_cold_until"`             // and its last
	SiteComplained int      `setting:"site_complained" unit:"days"` // between inspections, at most, while a case at the site is open
	SiteNear       float64  `setting:"site_near" unit:"m"`          // a report this close is about the site, an officer this close is at it

	PlanRegularly string `setting:"plan_regularly"`          // how often 定期 is, as one of plan.Periods
	PlanSoon      int    `setting:"plan_soon" unit:"days"`   // before its last day a milestone counts as due soon
	PlanRemind    []int  `setting:"plan_remind" unit:"days"` // before its last day the lead is reminded
	PlanUrge      int    `setting:"plan_urge" unit:"days"`   // after it the lead is urged
	PlanOrder     int    `setting:"plan_order" unit:"days"`  // gets a numbered order
	PlanPress     int    `setting:"plan_press" unit:"days"`  // and is pressed
	PlanCatchUp   int    `setting:"plan_catch_up" unit:"days"`
	PlanBulletin  Cron   `setting:"plan_bulletin"` // the bulletin on the plan: on the first of these days that is a working day
	PlanChase     Cron   `setting:"plan_chase"`    // when reminders of the plan go out

	PublicationSince  calendar.Date `setting:"publication_since"`              // publications of periods that ended before are not owed
	PublicationRemind []int         `setting:"publication_remind" unit:"days"` // before its last day, whoever drafts a publication is reminded
	PublicationOrder  int           `setting:"publication_order" unit:"days"`  // after it, they are urged again and the supervisors told
	PublicationPress  int           `setting:"publication_press" unit:"days"`  // and pressed

	CardDepartment    string         `setting:"card_department"`                // that supervises enterprises
	CardHear          calendar.Limit `setting:"card_hear"`                      // for an enterprise to ask for a hearing
	CardServe         calendar.Limit `setting:"card_serve"`                     // from a decision to its service
	CardPlan          calendar.Limit `setting:"card_plan"`                      // from service to the plan of work
	CardLimit         int            `setting:"card_limit" unit:"months"`       // of limited production, at most
	CardExtend        int            `setting:"card_extend" unit:"months"`      // that its one extension adds, at most
	CardFile          calendar.Limit `setting:"card_file"`                      // from the end of the work to filing it
	CardCheck         calendar.Limit `setting:"card_check"`                     // from lifting to the check that follows
	CardRemind        []int          `setting:"card_remind" unit:"days"`        // before such a limit
	CardRepeatYears   int            `setting:"card_repeat_years" unit:"years"` // within which punishments count for a red card
	CardRepeatTimes   int            `setting:"card_repeat_times" unit:"times"` // so many of them
	CardToxic         []string       `setting:"card_toxic"`                     // items that are toxic in the sense of the rule
	CardToxicMultiple float64        `setting:"card_toxic_multiple" unit:"times"`
	CardPressMultiple float64        `setting:"card_press_multiple" unit:"times"` // of the limit, in two quarters running: open pressing
	CardShare         int            `setting:"card_share" unit:"%"`              // of enterprises of which a card was lifted, for a spot check
	DisclosureDue     calendar.Limit `setting:"disclosure_due"`                   // after its period
	CreditObject      calendar.Limit `setting:"credit_object"`                    // for an enterprise to object to its grade
	FollowMost        int            `setting:"follow_most" unit:"topics"`        // of one citizen
	FollowHours       []int          `setting:"follow_hours" unit:"hour"`         // of the day, at which digests can come; the first unless somebody chooses
	FollowWarn        int            `setting:"follow_warn" unit:"days"`          // before it ends (retention_identity), a digest asks whether to go on
	PostHour          int            `setting:"post_hour" unit:"hour"`            // of the day, at which a post goes out unless its author names another
	PostListed        int            `setting:"post_listed" unit:"days"`          // after it was sent, a post is listed as news on the site

	DrawSeed     string `setting:"draw_seed"`                    // of draws of sites and inspectors; public
	DrawTogether int    `setting:"draw_together" unit:"persons"` // inspectors who go to a drawn site together

	DailyDigest  Cron `setting:"daily_digest"`
	WeeklyDigest Cron `setting:"weekly_digest"`

	MinHan           int           `setting:"min_han" unit:"characters"`        // Chinese characters that tell object and deed
	MinWords         int           `setting:"min_words" unit:"words"`           // the same in other scripts
	MaxText          int           `setting:"max_text" unit:"characters"`       // of one report
	MaxFiles         int           `setting:"max_files" unit:"files"`           // of one report
	ReportsPerDay    int           `setting:"reports_per_day" unit:"/day"`      // of one person, against floods
	FilesPerDay      int           `setting:"files_per_day" unit:"/day"`        // of one person, kept as evidence
	WrongCodes       int           `setting:"wrong_codes" unit:"/day"`          // of one person asking for others' reports
	DoorPerVisitor   int           `setting:"door_per_visitor" unit:"/day"`     // reports from one network, or with one key, without an account
	DoorPerDoor      int           `setting:"door_per_door" unit:"/day"`        // reports by the site, and by GeoReport
	DoorInAll        int           `setting:"door_in_all" unit:"/day"`          // reports by both
	DoorAlarms       int           `setting:"door_alarms" unit:"/day"`          // reports that call the officers on duty, beyond all that
	DoorNet56        int           `setting:"door_net56" unit:"times"`          // what one network may, all in a /56 of IPv6 may together
	DoorNet48        int           `setting:"door_net48" unit:"times"`          // and all in a /48
	DoorWrongCodes   int           `setting:"door_wrong_codes" unit:"/day"`     // for one number, whoever is wrong; then each has one try
	DoorUploads      int           `setting:"door_uploads" unit:"uploads"`      // with files, at the same time, by all doors
	DoorUploadsEach  int           `setting:"door_uploads_each" unit:"uploads"` // of them from one network
	DoorUploadTime   time.Duration `setting:"door_upload_time"`                 // in which one has to be in
	PageLinkValid    time.Duration `setting:"page_link_valid"`                  // to open the staff page
	PageIdle         time.Duration `setting:"page_idle"`                        // without a press, until it closes
	PageLongest      time.Duration `setting:"page_longest"`                     // until it closes all the same
	DraftKept        time.Duration `setting:"draft_kept"`                       // an unfinished report is offered again so long
	DraftPause       time.Duration `setting:"draft_pause"`                      // silence after which one is asked whether to go on
	LateFiles        time.Duration `setting:"late_files"`                       // more photos still join a sent report
	LateArrival      time.Duration `setting:"late_arrival"`                     // from writing to arriving: shown as late
	PlaceTries       int           `setting:"place_tries" unit:"times"`         // that words for a place are asked for
	AlarmJoinRadius  float64       `setting:"alarm_join_radius" unit:"m"`       // around an alarm: the same incident
	AlarmJoinTime    time.Duration `setting:"alarm_join_time"`                  // after it
	DuplicateRadius  float64       `setting:"duplicate_radius" unit:"m"`        // around an earlier report
	DuplicateWindow  time.Duration `setting:"duplicate_window"`                 // after it
	SmallNumber      int           `setting:"small_number" unit:"cases"`        // rates of fewer say little and are marked
	BoardPerson      int           `setting:"board_person" unit:"days"`         // a board may name somebody who no longer answers for it
	BoardData        int           `setting:"board_data" unit:"days"`           // and say less than newer readings do
	BoardPutUp       int           `setting:"board_put_up" unit:"days"`         // until a printed sheet has to hang
	BoardCheck       Cron          `setting:"board_check"`                      // when boards are looked through
	PublicSquare     float64       `setting:"public_square" unit:"m"`           // the public is told the middle of a square of this size
	SameWords        int           `setting:"same_words" unit:"%"`              // that two reports share, to look like one matter
	ClusterRadius    float64       `setting:"cluster_radius" unit:"m"`          // around a report, for others to gather with it
	ClusterWindow    time.Duration `setting:"cluster_window"`                   // in which they come
	ClusterReports   int           `setting:"cluster_reports" unit:"persons"`   // different people that make a gathering
	InvitationValid  time.Duration `setting:"invitation_valid"`
	AbsenceLongest   int           `setting:"absence_longest" unit:"days"`   // of one entry, against a slip in the year
	MusterRadius     float64       `setting:"muster_radius" unit:"m"`        // around the place of a muster: there
	MusterRemind     time.Duration `setting:"muster_remind"`                 // whoever does not answer a muster is reminded so often
	MusterReminders  int           `setting:"muster_reminders" unit:"times"` // and no more than that
	MeetingRemind    time.Duration `setting:"meeting_remind"`                // before a joint meeting, guests are reminded
	MeetingPoints    int           `setting:"meeting_points" unit:"points"`  // of each kind that an agenda is drawn with
	MeetingOverdue   int           `setting:"meeting_overdue" unit:"days"`   // from which an overdue case is a point of one
	DecisionBefore   int           `setting:"decision_before" unit:"days"`   // before the last day of a decision, its owner is reminded
	DecisionAgain    int           `setting:"decision_again" unit:"days"`    // after it, so often
	LetterProgress   string        `setting:"letter_progress"`               // of the bulletin on the plan: the form of its number
	LetterMinutes    string        `setting:"letter_minutes"`                // of a joint meeting: the form of their number
	Hotline          string        `setting:"hotline"`                       // of the government, for all that is not ours
	EmergencyNumbers []string      `setting:"emergency_numbers"`             // to call now: fire, police, ambulance

	MessageWindow     time.Duration `setting:"message_window"`                      // in which messages are counted
	MessagesPerPerson int           `setting:"messages_per_person" unit:"messages"` // of one of the public in a window
	MessagesPerChat   int           `setting:"messages_per_chat" unit:"messages"`   // of one group, or one officer
	ReportsFlagged    int           `setting:"reports_per_day_flagged" unit:"/day"` // of one whose reports were marked as abuse
	AbuseFlags        int           `setting:"abuse_flags" unit:"times"`            // marks after which that holds
	AbuseKept         int           `setting:"abuse_kept" unit:"days"`              // that a mark counts

	NearBoundary      float64 `setting:"near_boundary" unit:"m"`     // an approximate line nearer than this is not trusted
	NearGuessed       float64 `setting:"near_guessed" unit:"m"`      // the same where the cell's own place is a guess
	MaxAccuracy       float64 `setting:"max_accuracy" unit:"m"`      // a fix worse than this is not used alone
	MaxOffered        int     `setting:"max_offered" unit:"cells"`   // as buttons
	OutsideTolerance  float64 `setting:"outside_tolerance" unit:"m"` // beyond the district's line that still count as inside
	NeighbourWithin   float64 `setting:"neighbour_within" unit:"m"`  // farther off, no neighbour is named
	MainlandDatumSlip bool    `setting:"mainland_datum_slip"`        // a picked pin may be GCJ-02

	MediaMaxSize  int `setting:"media_max_size" unit:"MiB"`  // of one file
	MediaMinFree  int `setting:"media_min_free" unit:"MiB"`  // of disk space; less is warned of
	PhotoCopySide int `setting:"photo_copy_side" unit:"px"`  // the longer side of the copy that is shown
	SendPerSecond int `setting:"send_per_second" unit:"/s"`  // messages in all
	SendPerChat   int `setting:"send_per_chat" unit:"/s"`    // to one chat
	SendPerGroup  int `setting:"send_per_group" unit:"/min"` // to one group

	UnsealSilent      []string `setting:"unseal_silent"`                  // reasons for reading a name that the reporter is not told of
	RetentionIdentity int      `setting:"retention_identity" unit:"days"` // after the last of a person's cases was closed
	RetentionRefused  int      `setting:"retention_refused" unit:"days"`  // the same after a refusal or a withdrawal; files, too
	RetentionMedia    int      `setting:"retention_media" unit:"days"`    // files, after their case was closed

	PatrolEvery     time.Duration `setting:"patrol_every"`                  // between two fixes of a live location that are kept
	PatrolSilence   time.Duration `setting:"patrol_silence"`                // after which a patrol that nobody ended is over
	PatrolLongest   time.Duration `setting:"patrol_longest"`                // after its start, likewise
	PatrolPause     time.Duration `setting:"patrol_pause"`                  // between two fixes, from which nothing is known of the way
	PatrolSpeed     float64       `setting:"patrol_speed" unit:"km/h"`      // faster, nobody sees anything
	PatrolJump      float64       `setting:"patrol_jump" unit:"km/h"`       // nobody moves so fast here: an error of the phone
	PatrolAccuracy  float64       `setting:"patrol_accuracy" unit:"m"`      // a fix of a patrol worse than this says nothing
	RiverNear       float64       `setting:"river_near" unit:"m"`           // a patrol this close has been at the river
	Backdated       time.Duration `setting:"backdated"`                     // between an act and our hearing of it: marked
	PatrolRemind    int           `setting:"patrol_remind" unit:"days"`     // ahead of the last day, the morning reminder names it
	PatrolPhotoKept int           `setting:"patrol_photo_kept" unit:"days"` // that a photo is known again, and kept
	PatrolPhotoSame int           `setting:"patrol_photo_same" unit:"bits"` // in which two hashes of the same photo may differ

	Open311Jurisdiction string   `setting:"open311_jurisdiction"`          // jurisdiction_id of GeoReport
	Open311Batch        []string `setting:"open311_batch"`                 // categories whose reports get a token first
	Open311Window       int      `setting:"open311_window" unit:"days"`    // that one query spans
	Open311Page         int      `setting:"open311_page" unit:"requests"`  // in one answer
	Open311Photos       int      `setting:"open311_photos" unit:"photos"`  // with one report
	Open311PhotoSize    int      `setting:"open311_photo_size" unit:"MiB"` // of one
	Open311KeyQuota     int      `setting:"open311_key_quota" unit:"/day"` // of one key, unless it has its own

	RewardEnabled   bool           `setting:"reward_enabled"`   // the office has set its rule of rewards
	RewardAnonymous bool           `setting:"reward_anonymous"` // without a real name, by code
	RewardOfficers  bool           `setting:"reward_officers"`  // officers may be rewarded as citizens
	RewardKnown     bool           `setting:"reward_known"`     // what an officer filed before may be rewarded
	RewardMedia     bool           `setting:"reward_media"`     // what the media told before may be rewarded
	RewardAvoided   int            `setting:"reward_avoided" unit:"CNY"`
	RewardPenalty   int            `setting:"reward_penalty" unit:"CNY"`
	RewardGrave     int            `setting:"reward_grave" unit:"CNY"`
	RewardMax       int            `setting:"reward_max" unit:"CNY"`       // of one act
	RewardDecide    calendar.Limit `setting:"reward_decide"`               // to decide a proposal
	RewardWindow    calendar.Limit `setting:"reward_window"`               // to collect, from the offer
	RewardRemind    int            `setting:"reward_remind" unit:"days"`   // before its end
	RewardJoint     int            `setting:"reward_joint" unit:"persons"` // who may share one reward
	RewardPayer     string         `setting:"reward_payer"`                // the department that pays
	RewardSmall     int            `setting:"reward_small" unit:"rewards"` // fewer are not told apart in public

	BorderReceipt   calendar.Limit `setting:"border_receipt"`                // for a neighbour to say that a letter arrived
	BorderAnswer    calendar.Limit `setting:"border_answer"`                 // and to answer it
	BorderAgain     time.Duration  `setting:"border_again"`                  // between two reminders to ask them
	BorderReminders int            `setting:"border_reminders" unit:"times"` // of a receipt or an answer
	BorderEdge      float64        `setting:"border_edge" unit:"m"`          // from the line, a case may be handed across
	LetterAcross    string         `setting:"letter_across"`                 // to neighbours: the form of its number

	ReferApprove         calendar.Limit `setting:"refer_approve"`                // to decide on a proposal to hand a case over
	ReferHand            calendar.Limit `setting:"refer_hand"`                   // from approving it to handing it over
	ReferReceive         calendar.Limit `setting:"refer_receive"`                // for the receipt
	ReferDecide          calendar.Limit `setting:"refer_decide"`                 // for the police to take it or not
	ReferClue            calendar.Limit `setting:"refer_clue"`                   // for the prosecutors, likewise
	ReferObject          calendar.Limit `setting:"refer_object"`                 // for the office to object
	ReferReview          calendar.Limit `setting:"refer_review"`                 // for whoever declined, to answer
	ReferFile            calendar.Limit `setting:"refer_file"`                   // to hear what became of it
	ReferAgain           time.Duration  `setting:"refer_again"`                  // between two reminders
	ReferReminders       int            `setting:"refer_reminders" unit:"times"` // of each step
	LetterReferral       string         `setting:"letter_referral"`              // 案件移送函: the form of its number
	ReferBasisCrime      string         `setting:"refer_basis_crime"`            // the line of law, by ground
	ReferBasisDetention  string         `setting:"refer_basis_detention"`
	ReferBasisLitigation string         `setting:"refer_basis_litigation"`

	ConsultLeast      int            `setting:"consult_least" unit:"days"` // that answers are taken, at least
	ConsultAhead      time.Duration  `setting:"consult_ahead"`             // before the closing, the office is reminded
	ConsultResults    calendar.Limit `setting:"consult_results"`           // from the closing, to publish the results
	ConsultUse        calendar.Limit `setting:"consult_use"`               // from the results, to publish how they were used
	ConsultAgain      time.Duration  `setting:"consult_again"`             // between two reminders of what is overdue
	ConsultReminders  int            `setting:"consult_reminders" unit:"times"`
	ConsultPerAddress int            `setting:"consult_per_address" unit:"/day"` // answers of new browsers on the web, by network address
	HearingPerAddress int            `setting:"hearing_per_address" unit:"/day"` // who signs up for hearings there, likewise

	HearingAhead       time.Duration  `setting:"hearing_ahead"`   // before a hearing, who comes is reminded
	HearingMinutes     calendar.Limit `setting:"hearing_minutes"` // to publish the minutes
	HearingAgain       time.Duration  `setting:"hearing_again"`   // between two reminders of them
	HearingReminders   int            `setting:"hearing_reminders" unit:"times"`
	HearingKept        int            `setting:"hearing_kept" unit:"days"`       // after it, the names of who signed up are removed
	HearingMost        int            `setting:"hearing_most" unit:"persons"`    // who can sign up for one
	WaterNonDetect     string         `setting:"water_non_detect"`               // how what was not detected counts in means, as one of water.NonDetects
	SectionPeriod      string         `setting:"section_period"`                 // by which sections are judged for their listing, as one of publication.Rhythms
	SuperviseAfter     int            `setting:"supervise_after" unit:"periods"` // that a section misses its target in a row: listing is proposed
	SuperviseLimit     calendar.Limit `setting:"supervise_limit"`                // the longest time until a listing ends
	SuperviseExtension calendar.Limit `setting:"supervise_extension"`            // the longest by which it may be extended
	SuperviseAsk       int            `setting:"supervise_ask" unit:"days"`      // before its end at the latest an extension is asked for
	SuperviseRemind    []int          `setting:"supervise_remind" unit:"days"`   // before its end the unit is reminded
	SuperviseSilence   int            `setting:"supervise_silence" unit:"days"`  // without progress on record: the unit is chased
	DrinkingCounty     int            `setting:"drinking_county" unit:"%"`       // of sources of the county that reach their class
	DrinkingTownship   int            `setting:"drinking_township" unit:"%"`     // of sources of townships
	BlackReply         calendar.Limit `setting:"black_reply"`                    // from accepting to the answer, for black and odorous water
	BlackRemind        []int          `setting:"black_remind" unit:"days"`       // before the day by which a water body has to be treated

	list []Setting
}

// Patrol are the rules of a patrol of somebody of that level of the grid.
func (d *District) Patrol(level int) patrol.Rules {
	const kmh = 1000.0 / 3600
	s, standard := d.Settings, d.Patrols.Standard(level)
	return patrol.Rules{
		MinWay: standard.MinWay, MinTime: standard.MinTime, MinGap: standard.MinGap, MaxSpeed: s.PatrolSpeed * kmh,
		JumpSpeed: s.PatrolJump * kmh, MaxAccuracy: s.PatrolAccuracy, MaxPause: s.PatrolPause,
	}
}

// Mustering is how often those who do not answer a muster are reminded.
func (s Settings) Mustering() muster.Reminding {
	return muster.Reminding{Every: s.MusterRemind, Times: s.MusterReminders}
}

// Milestones are the rules by which milestones of the plan are chased; own is the grid's own bureau.
func (s Settings) Milestones(own grid.Department) plan.Rules {
	return plan.Rules{
		Regularly: plan.Period(s.PlanRegularly), Soon: s.PlanSoon, Before: s.PlanRemind, Urge: s.PlanUrge, Order: s.PlanOrder, Press: s.PlanPress,
		CatchUp: s.PlanCatchUp, Receipt: s.ReceiptWithin, Own: own,
	}
}

// Meetings are the numbers of joint meetings.
func (s Settings) Meetings() meeting.Rules {
	return meeting.Rules{Ahead: s.MeetingRemind, Before: s.DecisionBefore, Again: s.DecisionAgain, Location: s.TimeZone}
}

// Routing are the numbers by which a report finds its cell.
func (s Settings) Routing() routing.Rules {
	return routing.Rules{
		NearBoundary:      s.NearBoundary,
		NearGuessed:       s.NearGuessed,
		MaxAccuracy:       s.MaxAccuracy,
		MaxOffered:        s.MaxOffered,
		OutsideTolerance:  s.OutsideTolerance,
		NeighbourWithin:   s.NeighbourWithin,
		MainlandDatumSlip: s.MainlandDatumSlip,
	}
}
