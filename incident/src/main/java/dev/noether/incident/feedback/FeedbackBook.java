package dev.noether.incident.feedback;

import static dev.noether.incident.report.ReadableQuantity.number;

import dev.noether.incident.evidence.Evidence;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.JudgedIncident;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The judgements of incidents, and what they change: a dismissed incident raises the limit above which an anomaly of its
 * kind, of the same entity, alerts somebody.
 *
 * <p>The answers depend on the set of judgements, on their order in the topic and on event times, not on when they were
 * added: a replay that knows all judgements gives the same answers. Not thread safe; {@link #suppression} allocates only
 * for entities with judged incidents.
 */
public final class FeedbackBook {
    /** How the reason of each suppression by feedback begins. */
    public static final String REASON = "dismissed ";

    private final long halfLifeMillis;
    private final Map<String, EntityFeedback> byEntity = new HashMap<>();
    /** Read by the threads of metrics. */
    private volatile int size;

    /**
     * Makes an empty book.
     *
     * @param halfLifeMillis event time after which a dismissal counts half, milliseconds; 0 if dismissals change nothing
     */
    public FeedbackBook(long halfLifeMillis) {
        if (halfLifeMillis < 0) {
            throw new IllegalArgumentException("`halfLifeMillis` must not be negative (got " + halfLifeMillis + ")");
        }
        this.halfLifeMillis = halfLifeMillis;
    }

    /**
     * Adds a judgement. One of an incident that is not an anomaly of an entity changes nothing.
     *
     * @param offset its place among the judgements of the incident
     * @return whether the judgement is new and can change anything
     */
    public boolean add(long offset, Feedback feedback) {
        JudgedIncident judged = feedback.judged();
        if (judged == null || judged.kind() != IncidentKind.ANOMALY || halfLifeMillis == 0) {
            return false;
        }
        EntityFeedback entity = byEntity.computeIfAbsent(judged.entity(), name -> new EntityFeedback());
        int before = entity.size();
        boolean isNew = entity.add(feedback.incident(), Judgement.of(offset, feedback, judged));
        size = size + entity.size() - before;
        return isNew;
    }

    /** Returns the number of judgements; any thread may call it. */
    public int size() {
        return size;
    }

    /** Returns whether an incident of an entity was judged. */
    public boolean knows(String entity) {
        return byEntity.containsKey(entity);
    }

    /**
     * Returns the reason why a score must not alert anybody, because its kind was dismissed; null if it may.
     *
     * @param entity the entity's name
     * @param evidence the score
     * @param causes the features of its incident, those that lead first, with this score
     */
    public @Nullable String suppression(String entity, Evidence evidence, List<Cause> causes) {
        EntityFeedback judged = byEntity.get(entity);
        if (judged == null) {
            return null;
        }
        Allowance allowance = judged.allowance(evidence, BreakKind.of(evidence, causes), halfLifeMillis);
        return allowance.count() > 0 && Judgement.strengthOf(evidence) <= allowance.limit()
                ? reason(allowance, evidence)
                : null;
    }

    /**
     * Returns how strong an alarm of an incident's kind must be at an event time: how far its score must exceed the
     * threshold, or, for a run of equal values, the logarithm of one over its p-value. 0 if dismissals change nothing.
     */
    public double limit(JudgedIncident judged, long time) {
        EntityFeedback entity = byEntity.get(judged.entity());
        return entity == null
                ? 0
                : entity.allowance(BreakKind.peak(judged, time), BreakKind.of(judged), halfLifeMillis)
                        .limit();
    }

    private static String reason(Allowance allowance, Evidence evidence) {
        return REASON
                + (allowance.count() == 1 ? "once, on " : allowance.count() + " times, last on ")
                + Instant.ofEpochMilli(allowance.last()).truncatedTo(ChronoUnit.SECONDS)
                + (evidence.isAnomalous()
                        ? "; alarms of this kind need a score above " + number(evidence.threshold() + allowance.limit())
                        : "; runs of this kind need a p-value below " + number(Math.exp(-allowance.limit())));
    }
}
