package dev.noether.incident.anomaly;

import dev.noether.schemas.Severity;

/**
 * The bounds between severities, as differences between the alarm score and its threshold. Alarm scores are logarithms:
 * a difference of 1 means 2.7 times the squared deviation that the threshold allows.
 *
 * @param medium the smallest difference of severity MEDIUM
 * @param high the smallest difference of severity HIGH
 * @param critical the smallest difference of severity CRITICAL
 */
public record SeverityBands(double medium, double high, double critical) {
    public SeverityBands {
        if (!(medium > 0 && high > medium && critical > high && Double.isFinite(critical))) {
            throw new IllegalArgumentException("severity bands must be positive, finite and rising (got " + medium
                    + ", " + high + " and " + critical + ")");
        }
    }

    /** Returns the severity of a difference between a score and its threshold. */
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
