package water

// Class is a class of surface water: I is the best.
type Class int

// The classes of the standard, and Worse (劣V) for what reaches none of them. The zero Class is none.
const (
	I Class = iota + 1
	II
	III
	IV
	V
	Worse
)

const classes = 5 // that have limits

var classCodes = []string{"", "I", "II", "III", "IV", "V", "worse"}

// ParseClass reads I to V.
func ParseClass(s string) (Class, bool) {
	for c := I; c <= V; c++ {
		if classCodes[c] == s {
			return c, true
		}
	}
	return 0, false
}

// Code is I to V, worse, or nothing.
func (c Class) Code() string { return classCodes[c] }

// Quality is how water of a class, or a river, is called in public.
type Quality string

// The qualities, the best first.
const (
	Excellent Quality = "excellent" // 优
	Good      Quality = "good"      // 良好
	Light     Quality = "light"     // 轻度污染
	Moderate  Quality = "moderate"  // 中度污染
	Heavy     Quality = "heavy"     // 重度污染
)

// Quality is how water of the class is called; nothing for no class.
func (c Class) Quality() Quality {
	return []Quality{"", Excellent, Excellent, Good, Light, Moderate, Heavy}[c]
}
