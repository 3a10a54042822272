package dev.noether.flink.judgement;

import dev.noether.schemas.FeedbackVerdict;
import java.util.Locale;

/** What a person can say of an incident. */
public enum IncidentVerdict {
    /** The incident was real: it is never learned from. */
    CONFIRM(FeedbackVerdict.CONFIRMED),
    /** The incident was a false alarm: its entity gets a higher threshold for breaks of its kind. */
    DISMISS(FeedbackVerdict.DISMISSED),
    /** What was said before does not count any more. */
    WITHDRAW(FeedbackVerdict.WITHDRAWN);

    private final FeedbackVerdict recorded;

    IncidentVerdict(FeedbackVerdict recorded) {
        this.recorded = recorded;
    }

    FeedbackVerdict recorded() {
        return recorded;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
