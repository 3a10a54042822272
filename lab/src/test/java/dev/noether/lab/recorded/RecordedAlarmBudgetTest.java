package dev.noether.lab.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.AlarmRate;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.alarm.TailCalibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The table of the decision on the alarm budget, from score files that {@code -Dnoether.scores=DIR} points at: {@code
 * DIR/SET/SERIES.csv}, see {@link RecordedScores}.
 */
final class RecordedAlarmBudgetTest {
    private static final double[] RATES = {1e-2, 1e-3, 1e-4};
    private static final double[] FACTORS = {2, 2, 3};

    @Test
    void thePromiseIsKeptOnEachFamilyAndEachMachine() throws IOException {
        Path folder = folderOrSkip();
        List<String> broken = new ArrayList<>();
        for (String set : List.of("smd", "asd", "nab", "ucr-anomaly", "skab")) {
            if (!Files.isDirectory(folder.resolve(set))) {
                continue;
            }
            List<RecordedScores> series = RecordedScores.ofFolder(folder.resolve(set));
            boolean promised = set.equals("smd") || set.equals("asd");
            for (AdaptationRates adaptation : List.of(AdaptationRates.NONE, AdaptationRates.DEFAULT)) {
                boolean judged = promised && adaptation.equals(AdaptationRates.DEFAULT);
                for (int i = 0; i < RATES.length; i++) {
                    Family family = Family.of(series, RATES[i], adaptation);
                    System.out.println(
                            set + (adaptation.equals(AdaptationRates.NONE) ? " static " : " adaptive ") + family);
                    if (judged && !family.keeps(FACTORS[i])) {
                        broken.add(set + " " + family);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Path folderOrSkip() {
        String folder = System.getProperty("noether.scores");
        if (folder == null) {
            System.out.println("skipped: no score files; point -Dnoether.scores at them");
        }
        assumeTrue(folder != null, "no score files on this machine");
        return Path.of(folder);
    }

    /** What one rate came to on all series of a set. */
    private record Family(AlarmRate pooled, List<AlarmRate> machines, int events, int found) {
        static Family of(List<RecordedScores> series, double rate, AdaptationRates adaptation) {
            List<AlarmRate> machines = new ArrayList<>();
            int events = 0;
            int found = 0;
            for (RecordedScores one : series) {
                boolean[] alarms = alarms(one, rate, adaptation);
                machines.add(AlarmRate.ofNormalRows(alarms, one.labels(), rate));
                for (LabelledEvent event : LabelledEvent.of(one.labels())) {
                    events++;
                    boolean hit = false;
                    for (int i = event.start(); i < event.end(); i++) {
                        hit |= alarms[i];
                    }
                    found += hit ? 1 : 0;
                }
            }
            return new Family(AlarmRate.pooled(machines), machines, events, found);
        }

        boolean keeps(double factor) {
            return within(pooled, factor)
                    && machines.stream()
                            .filter(machine -> machine.windows() * machine.promised() >= 20)
                            .allMatch(machine -> within(machine, 10));
        }

        private static boolean within(AlarmRate rate, double factor) {
            return rate.ratio() <= factor && rate.ratio() >= 1 / factor;
        }

        @Override
        public String toString() {
            double least = machines.stream().mapToDouble(AlarmRate::ratio).min().orElseThrow();
            double most = machines.stream().mapToDouble(AlarmRate::ratio).max().orElseThrow();
            return String.format(
                    Locale.ROOT,
                    "%.0e: realised/promised %.2f (%d alarms), machines %.2f to %.2f, events %d of %d (%.3f)",
                    pooled.promised(),
                    pooled.ratio(),
                    pooled.alarms(),
                    least,
                    most,
                    found,
                    events,
                    (double) found / events);
        }
    }

    private static boolean[] alarms(RecordedScores series, double rate, AdaptationRates adaptation) {
        TailCalibration calibration = TailCalibration.of(List.of(series.heldOut()));
        AlarmThreshold threshold = new AlarmThreshold(calibration, rate, adaptation);
        AlarmState state = threshold.start();
        boolean[] alarms = new boolean[series.test().length];
        for (int i = 0; i < alarms.length; i++) {
            alarms[i] = threshold.judge(state, series.test()[i]);
        }
        return alarms;
    }
}
