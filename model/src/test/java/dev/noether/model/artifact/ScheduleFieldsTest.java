package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.feature.InputForm;
import dev.noether.model.schedule.Schedule;
import dev.noether.model.schedule.ScheduleLayer;
import dev.noether.model.schedule.SchedulePage;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ScheduleFieldsTest extends RandomizedTest {
    private static final int FEATURES = 3;

    static Schedule schedule(RandomGenerator random) {
        List<SchedulePage> pages = new ArrayList<>();
        for (int p = 0; p < 2; p++) {
            List<ScheduleLayer> layers = new ArrayList<>();
            for (int l = 0; l < 1 + random.nextInt(3); l++) {
                int entries = random.nextInt(1, 20);
                int[] bin = new int[entries];
                int[] feature = new int[entries];
                float[][] ends = new float[4][entries];
                for (int i = 0; i < entries; i++) {
                    bin[i] = i / 2 + 5;
                    feature[i] = i % 2;
                    float end = (float) random.nextGaussian();
                    for (float[] each : ends) {
                        each[i] = end;
                        end += random.nextFloat();
                    }
                }
                layers.add(
                        new ScheduleLayer(3_600_000L << l, 60 << l, bin, feature, ends[0], ends[3], ends[1], ends[2]));
            }
            pages.add(new SchedulePage(layers, new float[] {1, random.nextFloat(), 0}));
        }
        return new Schedule("Europe/Berlin", pages, new TreeMap<>(Map.of("a", 0, "b", 1, "ü", 1)));
    }

    @Test
    void aScheduleIsReadAsItWasWritten(RandomGenerator random) throws Exception {
        for (int round = 0; round < 20; round++) {
            ModelArtifact plain = TestingArtifacts.random(FEATURES, 2, random.nextLong())
                    .withInput(new InputForm(new int[] {1}, new int[] {0, 4, 2}));
            ModelArtifact model = plain.withSchedule(schedule(random));
            byte[] bytes = ArtifactCodec.encode(model);
            ModelArtifact read = ArtifactCodec.decode(bytes);
            assertThat(read).isEqualTo(model);
            assertThat(requireNonNull(read.schedule()).page("ü"))
                    .isEqualTo(requireNonNull(model.schedule()).pages().get(1));
            assertThat(ArtifactCodec.encode(read)).isEqualTo(bytes);
            assertThat(read.withSchedule(null)).isEqualTo(plain);
        }
    }

    @Test
    void wrongSchedulesAreRefused() {
        ScheduleLayer layer = new ScheduleLayer(60_000, 60, new int[] {3}, new int[] {2}, one(), one(), one(), one());
        assertThatThrownBy(() -> new SchedulePage(List.of(layer), new float[2]))
                .hasMessage("a schedule must be about the 2 features (got number 2)");
        assertThatThrownBy(
                        () -> new ScheduleLayer(60_000, 60, new int[] {60}, new int[] {2}, one(), one(), one(), one()))
                .hasMessageContaining("in one of 60 bins (got bin 60");
        assertThatThrownBy(() -> new ScheduleLayer(
                        60_000, 60, new int[] {3}, new int[] {2}, one(), one(), one(), new float[] {Float.NaN}))
                .hasMessageContaining("must be finite");
        SchedulePage page = new SchedulePage(List.of(layer), new float[3]);
        assertThatThrownBy(() -> new Schedule("Mars/Olympus", List.of(page), new TreeMap<>()))
                .hasMessageContaining("`zone` must be a time zone");
        assertThatThrownBy(() -> TestingArtifacts.random(2, 2, 1)
                        .withSchedule(new Schedule("UTC", List.of(page), new TreeMap<>())))
                .hasMessage("the schedule must have 2 features (got 3)");
    }

    private static float[] one() {
        return new float[] {1};
    }
}
