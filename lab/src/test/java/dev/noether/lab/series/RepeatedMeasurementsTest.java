package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RepeatedMeasurementsTest extends RandomizedTest {
    private static final int THINGS = 20;
    private static final int TIMES = 3;
    private static final int LENGTH = 12;
    private static final float NOISE = 0.05f;

    @Test
    void repeatsAreFoundInAnyOrder() {
        List<Integer> order = IntStream.range(0, THINGS * TIMES).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(random().nextLong()));
        int[] thingOf = order.stream().mapToInt(Integer::intValue).toArray();
        int[] groups = RepeatedMeasurements.groups(measured(random(), thingOf));
        Map<Integer, Integer> groupOfThing = new HashMap<>();
        for (int row = 0; row < thingOf.length; row++) {
            int thing = thingOf[row] / TIMES;
            groupOfThing.putIfAbsent(thing, groups[row]);
            assertThat(groups[row]).as("row %d of thing %d", row, thing).isEqualTo(groupOfThing.get(thing));
        }
        assertThat(new HashSet<>(groupOfThing.values())).hasSize(THINGS);
        assertThat(Arrays.stream(groups).max().orElseThrow()).isEqualTo(THINGS - 1);
    }

    @Test
    void moreRepeatsAreFoundThoughSomeComeOutAsTwoGroups() {
        int things = 12;
        for (int times = 4; times <= 6; times++) {
            int each = times;
            int[] thingOf = IntStream.range(0, things * times)
                    .map(row -> row / each * TIMES)
                    .toArray();
            int[] groups = RepeatedMeasurements.groups(measured(random(), thingOf));
            Map<Integer, Integer> thingOfGroup = new HashMap<>();
            for (int row = 0; row < groups.length; row++) {
                thingOfGroup.putIfAbsent(groups[row], thingOf[row]);
                assertThat(thingOf[row]).as("row %d", row).isEqualTo(thingOfGroup.get(groups[row]));
            }
            assertThat(thingOfGroup).as("%d times", times).hasSizeBetween(things, 2 * things);
        }
    }

    @Test
    void classesAreNotRepeats() {
        int members = 20;
        int[] classOf = IntStream.range(0, 4 * members)
                .map(row -> row / members * TIMES)
                .toArray();
        assertThat(RepeatedMeasurements.groups(measured(random(), classOf)))
                .containsExactly(IntStream.range(0, 4 * members).toArray());
    }

    @Test
    void copiesAreRepeats() {
        int[] thingOf = IntStream.range(0, THINGS * TIMES).toArray();
        float[] values = normals(random(), THINGS * LENGTH);
        float[] copies = new float[thingOf.length * LENGTH];
        for (int row = 0; row < thingOf.length; row++) {
            System.arraycopy(values, row / TIMES * LENGTH, copies, row * LENGTH, LENGTH);
        }
        assertThat(RepeatedMeasurements.groups(SeriesSet.of(copies, thingOf.length, LENGTH)))
                .containsExactly(IntStream.range(0, thingOf.length)
                        .map(row -> row / TIMES)
                        .toArray());
    }

    @Test
    void independentDrawsAreEachTheirOwn() {
        for (int count : new int[] {1, 2, 60, 200}) {
            SeriesSet draws = SeriesSet.of(normals(random(), count * LENGTH), count, LENGTH);
            assertThat(RepeatedMeasurements.groups(draws))
                    .as("%d draws", count)
                    .containsExactly(IntStream.range(0, count).toArray());
        }
    }

    @Test
    void manySeriesAreNotSearched() {
        int count = RepeatedMeasurements.MOST_SERIES + 2;
        float[] pairs = new float[count];
        for (int row = 0; row < count; row++) {
            pairs[row] = row / 2;
        }
        assertThat(RepeatedMeasurements.groups(SeriesSet.of(pairs, count, 1)))
                .containsExactly(IntStream.range(0, count).toArray());
    }

    @Test
    void repeatsAreHeldOutTogether() {
        int[] thingOf = IntStream.range(0, THINGS * TIMES).toArray();
        SeriesSet series = measured(random(), thingOf);
        Map<Float, Integer> thingByValue = new HashMap<>();
        for (int row = 0; row < series.count(); row++) {
            thingByValue.put(series.value(row, 0), row / TIMES);
        }
        List<SeriesFolds.Fold> folds = SeriesFolds.of(series, 7);
        assertThat(folds).hasSize(6);
        int judged = 0;
        for (SeriesFolds.Fold fold : folds) {
            Set<Integer> trained = things(fold.training(), thingByValue);
            assertThat(things(fold.heldOut(), thingByValue)).isNotEmpty().doesNotContainAnyElementsOf(trained);
            assertThat(fold.training().count() + fold.heldOut().count()).isEqualTo(series.count());
            judged += fold.heldOut().count();
        }
        assertThat(judged).isEqualTo(series.count());
    }

    @Test
    void fewerThingsThanPartsAreDividedSeriesBySeries() {
        SeriesSet series = measured(random(), IntStream.range(0, 3 * TIMES).toArray());
        assertThat(RepeatedMeasurements.groups(series)).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        List<SeriesFolds.Fold> folds = SeriesFolds.of(series, 7);
        assertThat(folds).hasSize(3);
        for (SeriesFolds.Fold fold : folds) {
            assertThat(fold.heldOut().count()).isEqualTo(3);
            assertThat(fold.training().count()).isEqualTo(6);
        }
    }

    private static Set<Integer> things(SeriesSet series, Map<Float, Integer> thingByValue) {
        Set<Integer> things = new HashSet<>();
        for (int row = 0; row < series.count(); row++) {
            things.add(thingByValue.get(series.value(row, 0)));
        }
        return things;
    }

    /** Row r measures thing {@code thingOf[r] / TIMES}, with noise. */
    private static SeriesSet measured(RandomGenerator random, int[] thingOf) {
        float[] things = normals(random, THINGS * LENGTH);
        float[] noise = normals(random, thingOf.length * LENGTH);
        float[] values = new float[thingOf.length * LENGTH];
        for (int index = 0; index < values.length; index++) {
            int thing = thingOf[index / LENGTH] / TIMES;
            values[index] = things[thing * LENGTH + index % LENGTH] + NOISE * noise[index];
        }
        return SeriesSet.of(values, thingOf.length, LENGTH);
    }
}
