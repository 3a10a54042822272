package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.ShiftFlow;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OrbitSamplerTest extends RandomizedTest {
    private static final int COUNT = 7;
    private static final int LENGTH = 9;
    private final SeriesSet series = SeriesSet.of(normals(random(), COUNT * LENGTH), COUNT, LENGTH);

    @Test
    void eachSeriesComesOnceInEachRound() {
        OrbitSampler source = new OrbitSampler(series, null, 1);
        for (int round = 0; round < 3; round++) {
            Set<Double> firsts = new HashSet<>();
            for (int index = 0; index < COUNT; index++) {
                firsts.add(source.next()[0]);
            }
            assertThat(firsts).hasSize(COUNT);
        }
    }

    @Test
    void nineOfTenComeMoved() {
        ShiftFlow flow = new ShiftFlow(List.of(3));
        OrbitSampler source = new OrbitSampler(series, flow, 1);
        int asRecorded = 0;
        for (int index = 0; index < 1000; index++) {
            double[] row = source.next();
            boolean recorded = false;
            for (int candidate = 0; candidate < COUNT; candidate++) {
                recorded |= Arrays.equals(row, series.row(candidate));
            }
            asRecorded += recorded ? 1 : 0;
        }
        assertThat(asRecorded).isBetween(60, 140);
    }

    @Test
    void theSampleHoldsTheSeriesAndSixteenMovedCopiesOfEachAtMost() {
        assertThat(new OrbitSampler(series, null, 1).sample()).isSameAs(series);
        SeriesSet sample = new OrbitSampler(series, new ShiftFlow(List.of(1)), 1).sample();
        assertThat(sample.count()).isEqualTo(17 * COUNT);
        assertThat(sample.row(3)).isEqualTo(series.row(3));
        assertThat(sample.value(COUNT + 3, 0)).isEqualTo(series.value(3, 1));
    }

    @Test
    void foldsPartTheSeries() {
        List<SeriesFolds.Fold> few = SeriesFolds.of(series, 4);
        assertThat(few).hasSize(3);
        assertThat(few.stream().mapToInt(fold -> fold.heldOut().count()).sum()).isEqualTo(COUNT);
        for (SeriesFolds.Fold fold : few) {
            assertThat(fold.training().count() + fold.heldOut().count()).isEqualTo(COUNT);
        }
        SeriesSet shorter = SeriesSet.of(normals(random(), 150), 150, 1);
        assertThat(SeriesFolds.of(shorter, 4)).hasSize(3);
        SeriesSet many = SeriesSet.of(normals(random(), 150 * 400), 150, 400);
        assertThat(SeriesFolds.of(many, 4)).hasSize(1);
        Set<Float> values = new HashSet<>();
        SeriesFolds.Fold fold = SeriesFolds.of(many, 4).get(0);
        for (float value : fold.training().values()) {
            values.add(value);
        }
        for (float value : fold.heldOut().values()) {
            values.add(value);
        }
        assertThat(values).hasSizeGreaterThan(150 * 390);
        assertThat(fold.heldOut().count()).isEqualTo(30);
    }
}
