package dev.noether.incident.tracker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words what happened. */
final class Sentences {
    /** Behind what is over only because nobody watches any more. */
    static final String GIVEN_UP = "; no longer watched, because there are more entities than `entities.max`";

    private static final MathContext DIGITS = new MathContext(4);
    private static final int ALSO = 3;

    private Sentences() {}

    static String anomaly(OpenIncident incident, List<LeadingFeature> leading, BreakShape shape, boolean over) {
        String suffix = over ? "; over after " + duration(incident.lastAnomalous + 1 - incident.start) : "";
        if (leading.isEmpty()) {
            return "the score rose to " + number(incident.peakScore) + ", above " + number(incident.threshold) + suffix;
        }
        LeadingFeature first = leading.get(0);
        int told = shape == BreakShape.CORRELATION ? 2 : 1;
        String what = told == 2 ? relation(first, leading.get(1)) : verb(first, incident, shape) + against(first);
        return what + also(leading, told) + suffix;
    }

    private static String relation(LeadingFeature first, LeadingFeature second) {
        return first.feature() + " and " + second.feature() + " no longer go together: " + first.feature() + " is "
                + number(first.observed()) + against(first) + "; " + second.feature() + " is "
                + number(second.observed()) + against(second);
    }

    private static String verb(LeadingFeature feature, OpenIncident incident, BreakShape shape) {
        String value = number(feature.observed());
        return feature.feature()
                + switch (shape) {
                    case LEVEL -> " stays at " + value;
                    case SPIKE ->
                        " jumped to " + value + " for "
                                + (incident.count == 1 ? "one observation" : incident.count + " observations");
                    case STUCK ->
                        (Float.isNaN(feature.observed()) ? " is stuck" : " is stuck at " + value)
                                + times(incident.features.repeats(feature.feature()));
                    case DRIFT ->
                        " drifts " + (feature.observed() > feature.expected() ? "up" : "down") + " to " + value;
                    case CORRELATION, SILENCE, UNKNOWN -> " is " + value;
                };
    }

    private static String times(int repeats) {
        return repeats == 0 ? "" : " for " + repeats + " observations, and never stood still so long";
    }

    private static String against(LeadingFeature feature) {
        if (Float.isNaN(feature.expected())) {
            return "";
        }
        String expected = ", expected " + number(feature.expected());
        boolean isKnown = feature.usualLow() < feature.usualHigh();
        return isKnown
                ? expected + " (usually " + number(feature.usualLow()) + " to " + number(feature.usualHigh()) + ")"
                : expected;
    }

    private static String also(List<LeadingFeature> leading, int told) {
        if (leading.size() <= told) {
            return "";
        }
        return leading.stream()
                .skip(told)
                .limit(ALSO)
                .map(LeadingFeature::feature)
                .collect(Collectors.joining(", ", "; also ", ""));
    }

    static String silence(String entity, long lastSeen, float usualGap) {
        return entity + " has been silent since " + Instant.ofEpochMilli(lastSeen) + "; it usually reports every "
                + duration(Math.max(1, Math.round(usualGap)));
    }

    static String silenceOver(String entity, long millis, boolean gone) {
        return gone
                ? entity + " has been silent for " + duration(millis) + " and is taken for gone"
                : entity + " reports again after " + duration(millis) + " of silence";
    }

    static String stall(long newest) {
        return "nothing has come from the source since " + Instant.ofEpochMilli(newest);
    }

    static String stallOver(long millis) {
        return "the source reports again after " + duration(millis);
    }

    static String group(int members, long millis, List<LeadingFeature> leading) {
        return members + " entities broke within " + duration(Math.max(1, millis))
                + (leading.isEmpty()
                        ? ""
                        : leading.stream()
                                .limit(ALSO)
                                .map(LeadingFeature::feature)
                                .collect(Collectors.joining(", ", "; leading are ", "")));
    }

    /** Four digits, and no exponent where a person would not write one. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.signum() == 0 || exponent >= -4 && exponent < 9 ? rounded.toPlainString() : rounded.toString();
    }

    /** Such as {@code 1 d 2 h}, {@code 5 min 3 s}, {@code 250 ms}: two units at most. */
    static String duration(long millis) {
        Duration duration = Duration.ofMillis(millis);
        long[] amounts = {
            duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart(), 0
        };
        String[] units = {"d", "h", "min", "s"};
        for (int i = 0; i < units.length; i++) {
            if (amounts[i] > 0) {
                String second = amounts[i + 1] > 0 ? " " + amounts[i + 1] + " " + units[i + 1] : "";
                return amounts[i] + " " + units[i] + second;
            }
        }
        return millis + " ms";
    }
}
