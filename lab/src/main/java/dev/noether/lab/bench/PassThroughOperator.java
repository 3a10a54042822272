package dev.noether.lab.bench;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Replaces the scoring operator and assigns the same score to each row, without window, state or network. A job with it
 * measures the cost of everything except scoring.
 */
final class PassThroughOperator extends AbstractStreamOperator<Score>
        implements TwoInputStreamOperator<ObservationRow, ModelRelease, Score> {
    private static final long serialVersionUID = 1L;
    private static final double SCORE = 3.5;
    private static final double P_VALUE = 0.5;
    private static final double THRESHOLD = 7.25;

    private final String detector;
    private final KnownReleases known;

    PassThroughOperator(String detector, KnownReleases known) {
        this.detector = detector;
        this.known = known;
    }

    /** Reads the releases, as the scoring operator does before its first row. */
    @Override
    public void open() throws Exception {
        super.open();
        known.read();
    }

    @Override
    public void processElement1(StreamRecord<ObservationRow> element) {
        ObservationRow row = element.getValue();
        Score score = new Score(
                detector,
                row.entity(),
                row.eventTime(),
                row.eventTime() + 1,
                row.partition(),
                row.offset(),
                Verdict.NORMAL,
                null,
                SCORE,
                P_VALUE,
                THRESHOLD,
                List.of(),
                List.of(),
                1);
        output.collect(element.replace(score));
    }

    @Override
    public void processElement2(StreamRecord<ModelRelease> element) {}

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}
}
