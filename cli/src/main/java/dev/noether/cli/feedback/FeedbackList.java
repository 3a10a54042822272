package dev.noether.cli.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.feedback.PlacedFeedback;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.incident.feedback.FeedbackBook;
import dev.noether.incident.report.ReadableQuantity;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.JudgedIncident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest judgement of each incident of a detector, and what each changes now. Immutable. */
public final class FeedbackList {
    private static final int ID_CHARACTERS = 12;

    private final List<Row> rows;

    /**
     * A judgement and what it changes.
     *
     * @param feedback the judgement
     * @param judged the incident
     * @param limit how far alarms of the kind must exceed the threshold now; 0 if they need not
     */
    private record Row(Feedback feedback, JudgedIncident judged, double limit) {}

    private FeedbackList(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Reads the list.
     *
     * @param entity name of the entity; null for all
     */
    public static FeedbackList read(DetectorConfig config, @Nullable String entity) {
        FeedbackBook book =
                new FeedbackBook(config.incidents().dismissalHalfLife().toMillis());
        Map<String, Feedback> newest = new LinkedHashMap<>();
        for (PlacedFeedback placed : new FeedbackTopic(config).records()) {
            book.add(placed.offset(), placed.feedback());
            // The last judged incident comes last.
            newest.remove(placed.feedback().incident());
            newest.put(placed.feedback().incident(), placed.feedback());
        }
        ScoresTail scored = newest.isEmpty() ? ScoresTail.EMPTY : ScoresTail.read(config);
        List<Row> rows = new ArrayList<>();
        for (Feedback feedback : newest.values()) {
            JudgedIncident judged = feedback.judged();
            if (judged != null && (entity == null || entity.equals(judged.entity()))) {
                long time = Math.max(feedback.firstEventTime(), scored.newest(judged.entity()));
                boolean isDismissed = feedback.verdict() == FeedbackVerdict.DISMISSED;
                rows.add(new Row(feedback, judged, isDismissed ? book.limit(judged, time) : 0));
            }
        }
        return new FeedbackList(rows);
    }

    /** Returns the list as text, one line for each incident and one for its note. */
    public List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("There is no feedback.");
        }
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            Feedback feedback = row.feedback;
            lines.add(Instant.ofEpochMilli(feedback.time()) + "  "
                    + feedback.verdict().name().toLowerCase(Locale.ROOT) + "  "
                    + shortened(feedback.incident())
                    + (feedback.author() == null ? "" : "  by " + feedback.author()) + "  "
                    + row.judged.diagnosis().description());
            if (feedback.comment() != null) {
                lines.add("    note: " + feedback.comment());
            }
            if (feedback.verdict() == FeedbackVerdict.DISMISSED) {
                lines.add("    now: " + effect(row));
            }
        }
        return lines;
    }

    private static String shortened(String id) {
        return id.length() <= ID_CHARACTERS ? id : id.substring(0, ID_CHARACTERS);
    }

    private static String effect(Row row) {
        return row.limit > 0
                ? "alarms of " + row.judged.entity() + " of this kind must exceed the threshold by more than "
                        + ReadableQuantity.number(row.limit)
                : "changes no threshold";
    }

    /** Returns the list as a JSON array; times are milliseconds since 1970 UTC. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode array = mapper.createArrayNode();
        for (Row row : rows) {
            ObjectNode node = array.addObject();
            node.put("incident", row.feedback.incident());
            node.put("verdict", row.feedback.verdict().name());
            node.put("time", row.feedback.time());
            node.put("effectiveFrom", row.feedback.firstEventTime());
            node.put("author", row.feedback.author());
            node.put("note", row.feedback.comment());
            node.put("entity", row.judged.entity());
            node.put("kind", row.judged.kind().name());
            node.put("start", row.judged.start());
            node.put("end", row.judged.end());
            node.put("description", row.judged.diagnosis().description());
            node.put("raisesThresholdBy", row.limit);
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can be written", e);
        }
    }
}
