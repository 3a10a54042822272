package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scores of a history: which episodes the models in force found anomalous, and how many false alarms their budgets
 * promised. Not thread safe.
 */
final class ScoredHistory {
    private static final Logger LOG = LoggerFactory.getLogger(ScoredHistory.class);

    private final HistoryRange range;
    private final long margin;
    private final Episodes flagged;
    private final Map<Long, Double> alarmRates = new HashMap<>();
    private final OutputCodec<Score> codec = OutputCodec.scores();
    private long rows;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private double promisedAlarms;

    /**
     * Makes a history without scores.
     *
     * @param range event times of the history
     * @param margin time before and after an anomalous row that is not normal for certain, milliseconds
     * @param releases releases that may have scored it
     * @param flagged receives the anomalous episodes
     */
    ScoredHistory(HistoryRange range, long margin, List<ModelRelease> releases, Episodes flagged) {
        this.range = range;
        this.margin = margin;
        this.flagged = flagged;
        for (ModelRelease release : releases) {
            ReleaseCalibration calibration = release.calibration();
            alarmRates.put(release.version(), 1 - calibration.quantile());
        }
    }

    /** Reads the scores topic. The timestamp of a score in Kafka is the event time of its row. */
    void read(DetectorConfig config) {
        TopicReader.readSince(config, config.topics().scores(), Math.max(0, range.from()) - margin, record -> {
            byte[] bytes = record.value();
            if (bytes != null) {
                add(config.detector(), bytes);
            }
        });
        LOG.info("The scores of {} rows of the history {} were read.", rows, range);
    }

    private void add(String detector, byte[] bytes) {
        try {
            Score score = codec.decode(bytes);
            if (score.detector().equals(detector)) {
                add(score);
            }
        } catch (MalformedRecordException e) {
            // Not a score: another program writes to the topic too.
        }
    }

    void add(Score score) {
        long time = score.eventTime();
        if (score.verdict() == Verdict.UNSCORED || time + margin < range.from() || time - margin >= range.to()) {
            return;
        }
        if (range.contains(time)) {
            rows++;
            first = Math.min(first, time);
            last = Math.max(last, time);
            promisedAlarms += alarmRates.getOrDefault(score.modelVersion(), 0.0);
        }
        if (score.suppressed() != null) {
            return;
        }
        double alarm = score.alarm();
        if (score.verdict() == Verdict.ANOMALOUS) {
            flagged.add(score.entity(), time - margin, time + margin + 1, surprise(score), score.threshold(), 1);
        } else {
            flagged.extend(score.entity(), time, alarm, margin);
        }
    }

    /** Minus the logarithm of the p-value; infinite if it is not known. */
    private static double surprise(Score score) {
        return Double.isNaN(score.pValue()) ? Double.POSITIVE_INFINITY : -Math.log(score.pValue());
    }

    /** What is known of the scored rows. */
    HistoryFilter.Scored summary() {
        return new HistoryFilter.Scored(rows, promisedAlarms, first, last);
    }
}
