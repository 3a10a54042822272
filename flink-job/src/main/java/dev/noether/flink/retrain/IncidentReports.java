package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.retrain.IncidentJudgements.JudgedRange;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The anomalies of single entities in the incidents topic, and what people said of them: sorted into confirmed,
 * dismissed, open and other ones. Not thread safe.
 */
final class IncidentReports {
    private final long margin;
    private final Map<String, Newest> byId = new HashMap<>();
    private final OutputCodec<Incident> codec = OutputCodec.incidents();

    /** What the newest report of an incident says, without its description. */
    private record Newest(
            String entity,
            long from,
            long to,
            boolean isOver,
            boolean isSuppressed,
            long rows,
            double surprise,
            double threshold,
            @Nullable String group) {}

    /**
     * Makes a set without incidents.
     *
     * @param margin time before and after an incident that is not normal for certain, milliseconds
     */
    IncidentReports(long margin) {
        this.margin = margin;
    }

    /** Reads the topic from a time on. */
    void read(DetectorConfig config, long since) {
        TopicReader.readSince(config, config.topics().incidents(), since, record -> {
            byte[] bytes = record.value();
            if (bytes != null) {
                add(config.detector(), bytes);
            }
        });
    }

    private void add(String detector, byte[] bytes) {
        try {
            Incident incident = codec.decode(bytes);
            if (incident.identity().detector().equals(detector)) {
                add(incident);
            }
        } catch (MalformedRecordException e) {
            // Not an incident: another program writes to the topic too.
        }
    }

    void add(Incident incident) {
        if (incident.kind() == IncidentKind.ANOMALY) {
            byId.put(
                    incident.id(),
                    new Newest(
                            incident.entity(),
                            incident.start(),
                            incident.end(),
                            incident.state() == IncidentState.RESOLVED,
                            incident.suppressed() != null,
                            incident.count(),
                            -Math.log(incident.peak().pValue()),
                            incident.peak().threshold(),
                            incident.group().id()));
        }
    }

    /**
     * Sorts the incidents. A judgement of a group counts for each of its members.
     *
     * @param judgements what people said
     * @param into receiver of the ranges
     */
    void sort(IncidentJudgements judgements, HistoryFilter.Ranges into) {
        Map<String, FeedbackVerdict> verdicts = new HashMap<>();
        for (JudgedRange judged : judgements.read()) {
            verdicts.put(judged.incident(), judged.verdict());
            if (!judged.entity().isEmpty()) {
                of(judged.verdict(), into).add(judged.entity(), judged.from() - margin, judged.to() + margin);
            }
        }
        byId.forEach((id, incident) -> {
            @Nullable FeedbackVerdict verdict = verdict(verdicts, id, incident.group);
            long from = incident.from - margin;
            long to = incident.to + margin;
            if (verdict != null) {
                of(verdict, into).add(incident.entity, from, to);
            } else if (!incident.isSuppressed && !incident.isOver) {
                into.open().add(incident.entity, from, to);
            } else if (!incident.isSuppressed) {
                into.reported()
                        .add(incident.entity, from, to, known(incident.surprise), incident.threshold, incident.rows);
            }
        });
    }

    private static Episodes of(FeedbackVerdict verdict, HistoryFilter.Ranges into) {
        return verdict == FeedbackVerdict.CONFIRMED ? into.confirmed() : into.dismissed();
    }

    private static @Nullable FeedbackVerdict verdict(
            Map<String, FeedbackVerdict> verdicts, String id, @Nullable String group) {
        FeedbackVerdict own = verdicts.get(id);
        return own != null || group == null ? own : verdicts.get(group);
    }

    /** An incident without a score, such as a value that is stuck, is no surprise. */
    private static double known(double surprise) {
        return Double.isNaN(surprise) ? 0 : surprise;
    }
}
