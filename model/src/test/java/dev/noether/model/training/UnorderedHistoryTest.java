package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.gate.Champion;
import dev.noether.model.gate.GatedTraining;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that arrive in any order, as those of a topic without keys do. */
final class UnorderedHistoryTest extends RandomizedTest {
    private static final int ROUNDS = 20;

    private final Engine engine = new OpenBlasEngine();

    /** One row as it arrives. */
    private record Arrival(String entity, long time, float[] values, int partition) {}

    @Test
    void theSampleIsInOrderOfTime() {
        BlockSampler sampler = new BlockSampler(1, 100_000, 10, 1);
        List<Arrival> arrivals = arrivals(1, 2, 500, false);
        Collections.shuffle(arrivals, new Random(random().nextLong()));
        arrivals.forEach(row -> sampler.add(row.entity(), row.time(), row.values()));
        for (EntityHistory history : sampler.histories()) {
            List<Arrival> own = arrivals.stream()
                    .filter(row -> row.entity().equals(history.entity()))
                    .sorted(Comparator.comparingLong(Arrival::time))
                    .toList();
            EntityHistory.Run run = history.runs().get(0);
            assertThat(run.times())
                    .isEqualTo(own.stream().mapToLong(Arrival::time).toArray());
            assertThat(IntStream.range(0, run.count()).mapToObj(i -> run.rows()[i]))
                    .containsExactlyElementsOf(
                            own.stream().map(row -> (double) row.values()[0]).toList());
        }
    }

    /** The order of the reading of two partitions, rows up to a minute late, and no order at all. */
    @Test
    void aModelIsTrainedWhateverTheOrder() {
        for (int round = 0; round < ROUNDS; round++) {
            int features = 1 + random().nextInt(4);
            List<Arrival> arrivals =
                    arrivals(features, 1 + random().nextInt(4), 300 + random().nextInt(500), round % 3 == 0);
            Collections.shuffle(arrivals, new Random(random().nextLong()));
            if (round % 3 == 1) {
                arrivals.sort(Comparator.comparingInt(Arrival::partition).thenComparingLong(Arrival::time));
            } else if (round % 3 == 2) {
                arrivals.sort(Comparator.comparingLong(row -> row.time() / 60_000));
            }
            BlockSampler sampler = new BlockSampler(features, 100_000, 10, 1);
            arrivals.forEach(row -> sampler.add(row.entity(), row.time(), row.values()));
            FeatureSchema schema = new FeatureSchema(
                    IntStream.range(0, features).mapToObj(j -> "f" + j).toList());
            List<EntityHistory> histories = new HistoryTrimmer(engine, options(), schema)
                    .trim(sampler.histories(), 0.2)
                    .histories();
            assertThat(gated().train(
                                    schema,
                                    histories,
                                    new TreeMap<>(),
                                    Champion.NONE,
                                    List.of(),
                                    (done, of, a, b) -> {})
                            .trained()
                            .trainWindows())
                    .isPositive();
        }
    }

    private GatedTraining gated() {
        return new GatedTraining(engine, options(), ShapeOptions.OFF, AlarmBudget.parse("1 per P1D"), 0.1);
    }

    private DetectorOptions options() {
        return new DetectorOptions(
                new NetworkOptions(4, 2, List.of(), Architecture.PCA_RESIDUAL),
                5,
                ScalingKind.ROBUST,
                TrainingOptions.defaults().withEpochs(2).withBatchSize(64).withSeed(1),
                new HistoryOptions(100, 0.1, 0.25),
                WindowSymmetry.values()[0],
                ScoreRule.DEFAULT);
    }

    private List<Arrival> arrivals(int features, int entities, int rows, boolean hasGaps) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int e = 0; e < entities; e++) {
            for (int i = 0; i < rows; i++) {
                float[] values = new float[features];
                for (int j = 0; j < features; j++) {
                    boolean isMissing = hasGaps && random().nextInt(20) == 0;
                    values[j] = isMissing ? Float.NaN : (float) random().nextGaussian();
                }
                arrivals.add(new Arrival("e" + e, i * 1000L, values, random().nextInt(2)));
            }
        }
        return arrivals;
    }
}
