package dev.noether.incident.feedback;

import dev.noether.incident.evidence.Evidence;
import dev.noether.schemas.FeedbackVerdict;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The judgements of one entity's incidents. Not thread safe. */
final class EntityFeedback {
    /** Of more judged incidents, those that were judged first are forgotten. */
    static final int MOST_INCIDENTS = 1_000;

    private static final int MOST_JUDGEMENTS = 16;

    /** The judgements of each incident, in their order. */
    private final Map<String, List<Judgement>> byIncident = new LinkedHashMap<>();

    /** Adds a judgement, whatever came before; returns false if it is known. */
    boolean add(String incident, Judgement judgement) {
        List<Judgement> judgements = byIncident.computeIfAbsent(incident, id -> new ArrayList<>(1));
        int place = judgements.size();
        while (place > 0 && judgements.get(place - 1).offset() >= judgement.offset()) {
            place--;
            if (judgements.get(place).offset() == judgement.offset()) {
                return false;
            }
        }
        judgements.add(place, judgement);
        if (judgements.size() > MOST_JUDGEMENTS) {
            judgements.remove(0);
        }
        if (byIncident.size() > MOST_INCIDENTS) {
            Iterator<String> oldest = byIncident.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** Returns the number of judgements. */
    int size() {
        return byIncident.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Returns how strong an alarm must be.
     *
     * @param evidence the score
     * @param kind the kind of its incident until now
     */
    Allowance allowance(Evidence evidence, BreakKind kind, long halfLifeMillis) {
        long time = evidence.time();
        long lastConfirmed = Long.MIN_VALUE;
        List<Judgement> dismissals = new ArrayList<>();
        for (List<Judgement> judgements : byIncident.values()) {
            Judgement judgement = inForce(judgements, time);
            if (judgement == null || !judgement.kind().covers(kind, evidence)) {
                continue;
            }
            if (judgement.verdict() == FeedbackVerdict.CONFIRMED) {
                lastConfirmed = Math.max(lastConfirmed, judgement.from());
            } else if (judgement.verdict() == FeedbackVerdict.DISMISSED) {
                dismissals.add(judgement);
            }
        }
        long reset = lastConfirmed;
        dismissals.removeIf(dismissal -> dismissal.from() <= reset);
        return Allowance.of(dismissals, time, halfLifeMillis);
    }

    /** Returns the newest judgement of an incident that counts at an event time; null if there is none. */
    private static @Nullable Judgement inForce(List<Judgement> judgements, long time) {
        for (int i = judgements.size() - 1; i >= 0; i--) {
            if (judgements.get(i).from() <= time) {
                return judgements.get(i);
            }
        }
        return null;
    }
}
