package dev.noether.flink.judgement;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.feedback.PlacedFeedback;
import dev.noether.flink.judgement.FeedbackException.Reason;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.incident.feedback.FeedbackBook;
import dev.noether.incident.report.ReadableQuantity;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.JudgedIncident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One judgement of a person: finds the incident, writes the judgement and says what it changes.
 *
 * @param verdict what the person says
 * @param author the person's name
 * @param note what the person adds; null for nothing
 * @param from first event time that the judgement changes anything for; null for soon after the newest score
 */
public record FeedbackEntry(
        IncidentVerdict verdict,
        String author,
        @Nullable String note,
        @Nullable Instant from) {
    /** Longest name and longest note, characters. */
    public static final int LONGEST_TEXT = 4_000;

    /**
     * Event time from the newest score to the effect of a judgement: the scoring job must know it by then, so that a
     * replay gives the same scores.
     */
    private static final Duration DELAY = Duration.ofSeconds(10);

    public FeedbackEntry {
        for (String text : new String[] {author, note}) {
            if (text != null && text.length() > LONGEST_TEXT) {
                throw new FeedbackException(
                        Reason.NOT_ALLOWED,
                        "the name and the note must have at most " + LONGEST_TEXT + " characters (got " + text.length()
                                + ")");
            }
        }
    }

    /**
     * Writes the judgement of an incident; of a group also that of each member.
     *
     * @param id id of the incident, or its first characters
     * @return what was done and what it changes, one line each
     * @throws FeedbackException if there is no such incident, there are several, or there is no judgement to withdraw
     * @throws dev.noether.flink.kafka.TopicException if the topic of the feedback is missing
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
     */
    public List<String> write(DetectorConfig config, String id) {
        TopicCheck.forFeedback(config);
        return write(config, IncidentSearch.find(config, id));
    }

    /**
     * Writes the judgement of an incident that the caller knows.
     *
     * @param incidents newest record of the incident; of a group also those of its members, after it
     * @return what was done and what it changes, one line each
     * @throws FeedbackException if there is no judgement to withdraw
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
     */
    public List<String> write(DetectorConfig config, List<Incident> incidents) {
        FeedbackTopic topic = new FeedbackTopic(config);
        List<PlacedFeedback> before = topic.records();
        if (verdict == IncidentVerdict.WITHDRAW) {
            requireJudged(incidents, before);
        }
        ScoresTail scored = from == null ? ScoresTail.read(config) : ScoresTail.EMPTY;
        long now = System.currentTimeMillis();
        List<Feedback> judgements = incidents.stream()
                .map(incident -> judgement(incident, scored, now))
                .toList();
        topic.write(judgements);
        return report(config, incidents, judgements, before);
    }

    private static void requireJudged(List<Incident> incidents, Collection<PlacedFeedback> before) {
        Set<String> judged = new HashSet<>();
        before.forEach(placed -> {
            if (placed.feedback().verdict() == FeedbackVerdict.WITHDRAWN) {
                judged.remove(placed.feedback().incident());
            } else {
                judged.add(placed.feedback().incident());
            }
        });
        if (incidents.stream().noneMatch(incident -> judged.contains(incident.id()))) {
            throw new FeedbackException(
                    Reason.NOTHING_TO_WITHDRAW,
                    "the incident " + incidents.get(0).id() + " has no feedback to withdraw");
        }
    }

    private Feedback judgement(Incident incident, ScoresTail scored, long now) {
        long effectiveFrom = from == null
                ? Math.max(incident.time(), scored.newest(incident.entity())) + DELAY.toMillis()
                : from.toEpochMilli();
        return new Feedback(
                incident.id(), verdict.recorded(), now, author, note, effectiveFrom, JudgedIncident.of(incident));
    }

    private List<String> report(
            DetectorConfig config, List<Incident> incidents, List<Feedback> judgements, List<PlacedFeedback> before) {
        Incident first = incidents.get(0);
        Feedback judgement = judgements.get(0);
        List<String> lines = new ArrayList<>();
        lines.add(done() + " " + first.id() + ": " + first.description());
        if (incidents.size() > 1) {
            lines.add("The same was recorded for the " + (incidents.size() - 1) + " incidents of this group.");
        }
        if (verdict == IncidentVerdict.DISMISS && first.state() != IncidentState.RESOLVED) {
            lines.add("The incident is still open: only its peak until now counts. Dismiss it again when it is over.");
        }
        if (first.kind() == IncidentKind.ANOMALY) {
            lines.add(effect(config, judgement, before));
        } else if (first.kind() != IncidentKind.GROUP) {
            lines.add("This changes no threshold, because it is no anomaly; the next training knows it.");
        }
        if (verdict != IncidentVerdict.WITHDRAW) {
            lines.add("To take it back: ./noether feedback " + first.id() + " withdraw --config FILE");
        }
        return lines;
    }

    private String done() {
        return switch (verdict) {
            case CONFIRM -> "Confirmed";
            case DISMISS -> "Dismissed";
            case WITHDRAW -> "Withdrew the feedback on";
        };
    }

    private static String effect(DetectorConfig config, Feedback judgement, List<PlacedFeedback> before) {
        long halfLife = config.incidents().dismissalHalfLife().toMillis();
        FeedbackBook book = new FeedbackBook(halfLife);
        before.forEach(placed -> book.add(placed.offset(), placed.feedback()));
        book.add(Long.MAX_VALUE, judgement);
        JudgedIncident judged = judgement.judged();
        if (judged == null) {
            throw new IllegalStateException("the judgement was made of an incident");
        }
        double limit = book.limit(judged, judgement.firstEventTime());
        String since = "From event time " + Instant.ofEpochMilli(judgement.firstEventTime()) + " on, ";
        return limit > 0
                ? since + "alarms of " + judged.entity() + " of this kind must exceed the threshold by more than "
                        + ReadableQuantity.number(limit) + "; this halves every "
                        + ReadableQuantity.period(halfLife) + "."
                : since + "alarms of " + judged.entity() + " of this kind need no more than the threshold.";
    }
}
