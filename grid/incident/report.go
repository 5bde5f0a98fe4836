package incident

import (
	"slices"
	"strings"
	"time"
)

// Kind of a report in the chain (Art 12).
type Kind string

// The kinds.
const (
	First   Kind = "first"   // 初报: the first one
	Further Kind = "further" // 续报: whenever more is known
	Final   Kind = "final"   // 处理结果报告: when all is dealt with
)

// Field is something that a report must say (Art 13).
type Field string

// The fields of a first report in the article's order, then those of a further and of a final one.
const (
	When       Field = "when"       // 发生时间
	Where      Field = "where"      // 地点
	Source     Field = "source"     // 信息来源
	Cause      Field = "cause"      // 起因和性质
	Course     Field = "course"     // 基本过程
	Pollutants Field = "pollutants" // 主要污染物和数量
	Monitoring Field = "monitoring" // 监测数据
	Victims    Field = "victims"    // 人员受害情况
	Spots      Field = "spots"      // 饮用水水源地等环境敏感点受影响情况
	Trend      Field = "trend"      // 发展趋势
	Handling   Field = "handling"   // 处置情况
	Steps      Field = "measures"   // 拟采取的措施
	Advice     Field = "advice"     // 下一步工作建议
	Map        Field = "map"        // 环境敏感点分布示意图

	Progress Field = "progress" // 处置进展情况

	Outcome   Field = "outcome"   // 处理的措施、过程和结果
	Harm      Field = "harm"      // 潜在或者间接危害以及损失
	Society   Field = "society"   // 社会影响
	Remains   Field = "remains"   // 处理后的遗留问题
	Liability Field = "liability" // 责任追究
)

// Fields lists what a report of the kind must say (Art 13), in the article's order.
func Fields(k Kind) []Field {
	switch k {
	case First:
		return []Field{
			When, Where, Source, Cause, Course, Pollutants, Monitoring, Victims, Spots, Trend, Handling, Steps, Advice, Map,
		}
	case Further:
		return []Field{Progress}
	case Final:
		return []Field{Outcome, Harm, Society, Remains, Liability}
	}
	return nil
}

// Report is one document of the chain: what it says, and who answers for it (Art 14).
type Report struct {
	Doc   int              `json:"n"` // its place among the letters of the case
	Kind  Kind             `json:"k"`
	Level Grading          `json:"l"`
	Says  map[Field]string `json:"s"`
	To    []string         `json:"to"` // codes of recipients
	At    time.Time        `json:"a"`

	Unit    string `json:"u"`  // 报告单位
	Signer  string `json:"si"` // 报告签发人
	Contact string `json:"co"` // 联系人及联系方式
}

// Missing lists the fields of Art 13 that the report does not fill, in their order. A field may say that a thing is not
// known yet: a first report tells what is known at first (初步情况). Saying nothing is missing it.
func (r Report) Missing() []Field {
	return slices.DeleteFunc(Fields(r.Kind), func(f Field) bool { return strings.TrimSpace(r.Says[f]) != "" })
}

// Unsigned tells whether the reporting unit, whoever signs it, or the contact is missing (Art 14).
func (r Report) Unsigned() bool {
	return slices.ContainsFunc([]string{r.Unit, r.Signer, r.Contact}, func(s string) bool { return strings.TrimSpace(s) == "" })
}
