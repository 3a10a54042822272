package dev.noether.cli.scenario;

import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The false alarms of one detector by phase: anomalous rows of servers without a fault. For an hour after a fault the
 * rows of its server do not count, because their windows and baselines contain it.
 */
final class AlarmRates {
    private static final int REST_MINUTES = 60;
    private static final long MINUTE = 60_000;

    private final Map<DriftPhase, Count> counts = new EnumMap<>(DriftPhase.class);

    /** Rows and alarms of a phase. */
    static final class Count {
        private final Set<Long> models = new HashSet<>();
        private long rows;
        private long alarms;

        /** Number of anomalous rows. */
        long alarms() {
            return alarms;
        }

        /** Number of scored rows. */
        long rows() {
            return rows;
        }

        /** Versions of the models that scored them. */
        List<Long> models() {
            return models.stream().sorted().toList();
        }
    }

    /** Reads the committed scores of a detector. */
    static AlarmRates read(DetectorConfig config, FleetSimulator fleet) {
        AlarmRates rates = new AlarmRates();
        OutputCodec<Score> codec = OutputCodec.scores();
        Map<String, Integer> servers = new HashMap<>();
        for (String name : fleet.entityNames()) {
            servers.put(name, servers.size());
        }
        TopicReader.readAll(config, config.topics().scores(), record -> {
            try {
                Score score = codec.decode(record.value());
                rates.add(score, fleet, servers.getOrDefault(score.entity(), -1));
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("a score cannot be read: " + e.getMessage(), e);
            }
        });
        return rates;
    }

    private void add(Score score, FleetSimulator fleet, int server) {
        long minute = (score.eventTime() - Workload.EPOCH.toEpochMilli()) / MINUTE;
        for (DriftPhase phase : DriftPhase.values()) {
            if (minute >= phase.judgedFrom()
                    && minute < phase.end()
                    && score.verdict() != Verdict.UNSCORED
                    && !isFaulty(fleet, server, minute)) {
                Count count = counts.computeIfAbsent(phase, any -> new Count());
                count.rows++;
                count.alarms += score.verdict() == Verdict.ANOMALOUS ? 1 : 0;
                count.models.add(score.modelVersion());
            }
        }
    }

    private static boolean isFaulty(FleetSimulator fleet, int server, long minute) {
        for (long before = minute; before > minute - REST_MINUTES; before--) {
            if (fleet.isFaulty(server, before)) {
                return true;
            }
        }
        return false;
    }

    /** The count of a phase. */
    Count of(DriftPhase phase) {
        return counts.getOrDefault(phase, new Count());
    }
}
