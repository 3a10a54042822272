package dev.noether.incident.anomaly;

import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.util.Locale;

/** Says in words how the shape of a signal differs from the nearest normal one. */
final class ShapeSentences {
    private static final String[] QUARTERS = {"first", "second", "third", "last"};

    private ShapeSentences() {}

    static String describe(ShapeFinding finding) {
        String where = "the last " + finding.windowRows() + " rows";
        if (finding.kind() == ShapeDifference.SHAPE || finding.kind() == ShapeDifference.OTHER) {
            return finding.feature() + " has another shape than usual in the " + quarter(finding) + " quarter of "
                    + where;
        }
        return finding.feature() + " " + difference(finding.kind(), finding.deviations() > 0) + " in " + where + " ("
                + String.format(Locale.ROOT, "%.1f", Math.abs(finding.deviations()))
                + " standard deviations of normal variation)";
    }

    private static String difference(ShapeDifference kind, boolean isMore) {
        return switch (kind) {
            case OFFSET -> isMore ? "is higher than usual" : "is lower than usual";
            case TREND -> isMore ? "rises more than usual" : "falls more than usual";
            case AMPLITUDE -> isMore ? "has larger swings than usual" : "has smaller swings than usual";
            case SHIFT -> isMore ? "came later than usual" : "came earlier than usual";
            case WIDTH -> isMore ? "is wider than usual" : "is narrower than usual";
            case TIMING -> "has an uneven timing";
            case SHAPE, OTHER -> "has another shape than usual";
        };
    }

    /** The quarter of the newest rows that holds the middle of the part that fits worst. */
    private static String quarter(ShapeFinding finding) {
        double middle = (finding.brokenFrom() + finding.brokenTo() + 1) / 2.0;
        int fromEnd = (int) (QUARTERS.length * middle / Math.max(1, finding.windowRows()));
        return QUARTERS[QUARTERS.length - 1 - Math.max(0, Math.min(QUARTERS.length - 1, fromEnd))];
    }
}
