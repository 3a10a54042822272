package dev.noether.lab.evaluate.detect;

import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.lab.evaluate.dataset.TimedRows;
import java.util.Arrays;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Rows in memory as a source of observations of one entity. A row's offset is its place among the test rows; the rows
 * that only warm the windows have negative ones.
 */
final class ObservationGenerator implements GeneratorFunction<Long, IngestResult> {
    private static final long serialVersionUID = 1L;

    private final String entity;
    private final int width;
    private final int warming;
    private final long[] times;
    private final double[] values;

    /**
     * Lays out rows.
     *
     * @param entity whose they are
     * @param train of which the last rows go first
     * @param test the rows to be judged
     * @param warming how many rows of the training go first
     */
    ObservationGenerator(String entity, TimedRows train, TimedRows test, int warming) {
        this.entity = entity;
        this.width = test.width();
        this.warming = warming;
        this.times = new long[warming + test.length()];
        this.values = new double[times.length * width];
        int from = train.length() - warming;
        System.arraycopy(train.times(), from, times, 0, warming);
        System.arraycopy(train.observed(), from * width, values, 0, warming * width);
        System.arraycopy(test.times(), 0, times, warming, test.length());
        System.arraycopy(test.observed(), 0, values, warming * width, test.observed().length);
    }

    int count() {
        return times.length;
    }

    @Override
    public IngestResult map(Long index) {
        int row = Math.toIntExact(index);
        return new ObservationRow(
                entity, times[row], 0, row - warming, Arrays.copyOfRange(values, row * width, (row + 1) * width));
    }
}
