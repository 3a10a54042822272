package dev.noether.cli.compare;

import dev.noether.cli.compare.ComparisonReport.Event;
import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the results of two detectors of one observations topic and compares them. One instance makes one report. */
public final class DetectorComparison {
    private final DetectorConfig first;
    private final DetectorConfig second;
    private final long since;
    private final OutputCodec<Score> scores = OutputCodec.scores();
    private final OutputCodec<Incident> incidents = OutputCodec.incidents();

    private DetectorComparison(DetectorConfig first, DetectorConfig second, long since) {
        this.first = first;
        this.second = second;
        this.since = since;
    }

    /**
     * Compares all committed results from an event time on.
     *
     * @param since milliseconds since 1970 UTC; 0 for all
     * @throws BadUseException if they are one detector, or read different topics
     * @throws dev.noether.flink.kafka.TopicException if a topic does not exist or Kafka does not answer
     */
    public static ComparisonReport of(DetectorConfig first, DetectorConfig second, long since) {
        if (first.topics().scores().equals(second.topics().scores())) {
            throw new BadUseException("both files are of the detector with the topic "
                    + first.topics().scores() + "; compare needs two detectors with different names");
        }
        String one = first.topics().observations();
        String other = second.topics().observations();
        if (!one.equals(other)) {
            throw new BadUseException("the detectors read different topics, " + one + " and " + other
                    + ": their scores cannot be compared; set topics.observations");
        }
        return new DetectorComparison(first, second, since).report();
    }

    private ComparisonReport report() {
        ScoreAgreement agreement = new ScoreAgreement();
        readScores(first, agreement::first);
        readScores(second, agreement::second);
        List<Event> ofFirst = events(first);
        List<Event> ofSecond = events(second);
        List<Event> onlyFirst = without(ofFirst, ofSecond);
        return new ComparisonReport(
                first.detector(),
                second.detector(),
                agreement.report(),
                new ComparisonReport.Events(ofFirst.size() - onlyFirst.size(), onlyFirst, without(ofSecond, ofFirst)));
    }

    private void readScores(DetectorConfig config, Consumer<Score> receiver) {
        read(config, config.topics().scores(), record -> {
            Score score = scores.decode(record.value());
            if (score.windowEnd() > since) {
                receiver.accept(score);
            }
        });
    }

    /** Returns the last state of each incident, oldest first. */
    private List<Event> events(DetectorConfig config) {
        Map<String, Event> newest = new LinkedHashMap<>();
        read(config, config.topics().incidents(), record -> {
            Incident incident = incidents.decode(record.value());
            boolean counts = incident.suppressed() == null
                    && (incident.identity().kind() == IncidentKind.ANOMALY
                            || incident.identity().kind() == IncidentKind.SILENCE);
            if (!counts) {
                newest.remove(incident.id());
            } else if (incident.end() > since) {
                newest.put(
                        incident.id(),
                        new Event(
                                incident.id(),
                                incident.identity().entity(),
                                incident.start(),
                                Math.max(incident.end(), incident.start() + 1),
                                incident.diagnosis().description()));
            }
        });
        return newest.values().stream()
                .sorted(Comparator.comparingLong(Event::start))
                .toList();
    }

    /** Returns the events that overlap with none of the others of their entity. */
    static List<Event> without(List<Event> events, List<Event> others) {
        Map<String, List<Event>> byEntity = new LinkedHashMap<>();
        others.forEach(other -> byEntity.computeIfAbsent(other.entity(), entity -> new ArrayList<>())
                .add(other));
        return events.stream()
                .filter(event -> byEntity.getOrDefault(event.entity(), List.of()).stream()
                        .noneMatch(other -> other.start() < event.end() && event.start() < other.end()))
                .toList();
    }

    private interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;
    }

    private void read(DetectorConfig config, String topic, Reader reader) {
        TopicCheck.forReading(config, topic);
        TopicReader.readSince(config, topic, since, record -> {
            try {
                if (record.value() != null) {
                    reader.read(record);
                }
            } catch (MalformedRecordException e) {
                // It is not of Noether: the topic may be shared.
            }
        });
    }
}
