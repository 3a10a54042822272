package dev.noether.model.schedule;

import java.util.SortedMap;
import java.util.TreeMap;

/** Puts recurring jobs together to a layer. Where two jobs of a feature meet, the range covers both. */
final class LayerBuilder {
    private final PhaseGrid grid;
    private final int features;
    private final SortedMap<Long, float[]> ranges = new TreeMap<>();

    LayerBuilder(PhaseGrid grid, int features) {
        this.grid = grid;
        this.features = features;
    }

    void add(RecurringJob job) {
        for (int i = 0; i < job.bins(); i++) {
            long key = (long) Math.floorMod(job.first() + i, grid.bins()) * features + job.feature();
            float[] range = {job.low()[i], job.high()[i], job.usualLow()[i], job.usualHigh()[i]};
            ranges.merge(key, range, (present, other) -> new float[] {
                Math.min(present[0], other[0]), Math.max(present[1], other[1]),
                Math.min(present[2], other[2]), Math.max(present[3], other[3])
            });
        }
    }

    int entries() {
        return ranges.size();
    }

    ScheduleLayer build() {
        int count = ranges.size();
        int[] bin = new int[count];
        int[] feature = new int[count];
        float[] low = new float[count];
        float[] high = new float[count];
        float[] usualLow = new float[count];
        float[] usualHigh = new float[count];
        int i = 0;
        for (SortedMap.Entry<Long, float[]> entry : ranges.entrySet()) {
            bin[i] = (int) (entry.getKey() / features);
            feature[i] = (int) (entry.getKey() % features);
            low[i] = entry.getValue()[0];
            high[i] = entry.getValue()[1];
            usualLow[i] = entry.getValue()[2];
            usualHigh[i] = entry.getValue()[3];
            i++;
        }
        return new ScheduleLayer(grid.periodMillis(), grid.bins(), bin, feature, low, high, usualLow, usualHigh);
    }
}
