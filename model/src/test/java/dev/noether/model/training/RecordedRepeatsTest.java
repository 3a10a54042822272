package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.repeat.RepeatLimits;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.testing.RealData;
import dev.noether.testing.RecordedStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stuck values in recorded streams: false alarms stay within their rate, apart from chance. */
final class RecordedRepeatsTest {
    private static final List<Double> RATES = List.of(1e-2, 1e-3, 1e-4, 1.0 / 43_200);

    @ParameterizedTest
    @ValueSource(strings = {"smd", "asd"})
    void alarmOnNormalRowsAsSeldomAsIsPromised(String set) throws IOException {
        Optional<Path> found = RealData.find("streams", set);
        if (found.isEmpty()) {
            System.out.println("skipped: no recorded streams; point -Dnoether.data at the data sets");
        }
        assumeTrue(found.isPresent(), "the recorded streams are not on this machine");
        for (double rate : RATES) {
            int watched = 0;
            int alarms = 0;
            double setAside = 0;
            for (Path machine : machines(found.get())) {
                RecordedStream train = RecordedStream.read(machine.resolve("train.csv.gz"));
                RecordedStream test = RecordedStream.read(machine.resolve("test.csv.gz"));
                RepeatLimits limits = new RepeatLimits(law(train), rate);
                watched += limits.size();
                alarms += alarms(test, limits);
                setAside += 0.1 * rate * test.count();
            }
            System.out.printf(
                    "%s at %.1e: %d features watched, %d alarms on normal rows, %.2f set aside%n",
                    set, rate, watched, alarms, setAside);
            assertThat((double) alarms).isLessThanOrEqualTo(setAside + 3 * Math.sqrt(setAside) + 1);
        }
    }

    private static List<Path> machines(Path set) throws IOException {
        try (Stream<Path> folders = Files.list(set)) {
            return folders.sorted().toList();
        }
    }

    private static RepeatLaw law(RecordedStream train) {
        long[] times = new long[train.count()];
        Arrays.setAll(times, i -> i);
        return RepeatFit.fit(List.of(EntityHistory.of("machine", times, train.rows())), train.features());
    }

    /** The number of runs that reach a limit on a normal row. */
    private static int alarms(RecordedStream test, RepeatLimits limits) {
        WindowBuffer window = new WindowBuffer(2, 0, test.features());
        RepeatRuns runs = new RepeatRuns();
        int alarms = 0;
        for (int i = 0; i < test.count(); i++) {
            window.addStored(i, test.rows(), i * test.features());
            if (runs.observe(window, limits, null) && !test.labels()[i]) {
                for (int feature : runs.stuck(limits)) {
                    alarms += runs.rows(feature) == limits.limit(feature) ? 1 : 0;
                }
            }
        }
        return alarms;
    }
}
