package dev.noether.incident.tracker;

/**
 * Where one severity ends and the next begins: by how much the alarm score exceeds its threshold. Alarm scores are
 * logarithms, so an excess of 1 stands for 2.7 times the squared deviation that the threshold allows.
 *
 * @param medium from this excess on
 * @param high from this excess on
 * @param critical from this excess on
 */
public record SeverityBands(double medium, double high, double critical) {
    public SeverityBands {
        if (!(medium > 0 && high > medium && critical > high && Double.isFinite(critical))) {
            throw new IllegalArgumentException("severity bands must be positive, finite and rising (got " + medium
                    + ", " + high + " and " + critical + ")");
        }
    }

    /** The severity of a score that exceeds its threshold by so much. */
    public Severity of(double excess) {
        if (excess >= critical) {
            return Severity.CRITICAL;
        }
        if (excess >= high) {
            return Severity.HIGH;
        }
        return excess >= medium ? Severity.MEDIUM : Severity.LOW;
    }
}
