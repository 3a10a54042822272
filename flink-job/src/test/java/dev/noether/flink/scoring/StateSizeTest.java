package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.incident.EntityTrackSerializer;
import dev.noether.incident.tracker.EntityTrack;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The sizes of states in the documentation are those of serialized states. */
final class StateSizeTest {
    private static final int FEATURES = 38;
    private static final DetectorConfig DEFAULT = DetectorConfig.withDefaults(
            "machines",
            new FeatureSchema(
                    IntStream.range(0, FEATURES).mapToObj(i -> "f" + i).toList()));
    private static final DetectorConfig WITHOUT_FORECAST = DEFAULT.with(ModelSection.FORECAST_ROWS, 0);

    @Test
    void theTableInTheArchitecturePageIsTrue() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "architecture.md"));
        String table = table();
        assertThat(page.contains(table))
                .as("docs/architecture.md must contain this table, literally:%n%n%s", table)
                .isTrue();
    }

    @Test
    void theHeapOfAnEntityInTheReadmeIsTrue() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        long rounded = Math.round(heap(DEFAULT) / 100.0) * 100;
        assertThat(readme).contains(String.format(Locale.ROOT, "about %,d bytes", rounded));
    }

    @Test
    void theHeapEstimateCoversTheSerializedState() throws IOException {
        assertThat(heap(DEFAULT)).isGreaterThan(stateBytes(DEFAULT, false) + trackBytes());
        assertThat(heap(WITHOUT_FORECAST)).isGreaterThan(stateBytes(WITHOUT_FORECAST, false) + trackBytes());
    }

    private static String table() throws IOException {
        DetectorConfig inOrder = inOrder(DEFAULT);
        DetectorConfig inOrderWithoutForecast = inOrder(WITHOUT_FORECAST);
        return "| bytes of one entity with " + FEATURES + " features, windows of "
                + DEFAULT.window().rows() + " rows | `entities.disorder` "
                + DEFAULT.entities().disorder().toSeconds() + " s (default) | `entities.disorder` 0 s |\n"
                + "|---|---|---|\n"
                + line(
                        "state of `score`, with the forecast from "
                                + DEFAULT.model().forecastRows() + " rows (default)",
                        stateBytes(DEFAULT, false),
                        stateBytes(inOrder, false))
                + line(
                        "state of `score`, without the forecast",
                        stateBytes(WITHOUT_FORECAST, false),
                        stateBytes(inOrderWithoutForecast, false))
                + line(
                        "more in the state of `score` while a value repeats",
                        stateBytes(DEFAULT, true) - stateBytes(DEFAULT, false),
                        stateBytes(inOrder, true) - stateBytes(inOrder, false))
                + line("state of `incidents`, before the first alarm", trackBytes(), trackBytes())
                + line("heap of both states, with the forecast (`EntityHeapEstimate`)", heap(DEFAULT), heap(inOrder));
    }

    private static String line(String name, long disordered, long inOrder) {
        return String.format(Locale.ROOT, "| %s | %,d | %,d |%n", name, disordered, inOrder)
                .replace("\r", "");
    }

    private static DetectorConfig inOrder(DetectorConfig config) {
        return config.with(EntitySection.DISORDER, Duration.ZERO);
    }

    private static long heap(DetectorConfig config) {
        return EntityHeapEstimate.of(ScoringOptions.of(config)).bytesOfEach();
    }

    private static long stateBytes(DetectorConfig config, boolean hasRepeats) throws IOException {
        ScoringOptions options = ScoringOptions.of(config);
        WindowBuffer window = options.newWindow();
        for (int i = 0; i < 100; i++) {
            window.addStored(i, new float[FEATURES], 0);
        }
        int views = options.window().hasForecast() ? 2 : 1;
        EntityBaseline baseline = new EntityBaseline(Collections.nCopies(views, scale()), scale(), 1000, 1);
        RepeatRuns repeats = hasRepeats ? RepeatRuns.of(new short[FEATURES]) : new RepeatRuns();
        return bytes(
                EntityStateSerializer.INSTANCE,
                new EntityState(window, repeats, baseline, new AlarmState(1, 1, 0, 0, 0), 1));
    }

    private static long trackBytes() throws IOException {
        return bytes(EntityTrackSerializer.INSTANCE, new EntityTrack());
    }

    private static <T> long bytes(TypeSerializer<T> serializer, T state) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(4096);
        serializer.serialize(state, target);
        return target.length();
    }

    private static RunningScale scale() {
        return new RunningScale(new float[FEATURES], new float[FEATURES]);
    }
}
