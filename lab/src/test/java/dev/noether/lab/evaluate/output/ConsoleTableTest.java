package dev.noether.lab.evaluate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingReports;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleTableTest {
    private final List<String> lines = ConsoleTable.lines(TestingReports.fleet());

    @Test
    void columnsStandBelowTheirTitles() {
        assertThat(lines.get(0)).isEqualTo("fleet, means over 2 series");
        String header = lines.get(1);
        String noether = lines.get(2);
        assertThat(noether).startsWith("noether").hasSameSizeAs(header);
        int end = header.indexOf("VUS-PR") + "VUS-PR".length();
        assertThat(noether.substring(0, end)).endsWith("0.700");
        end = header.indexOf("delay at 10") + "delay at 10".length();
        assertThat(noether.substring(0, end)).endsWith("3.1");
        end = header.indexOf("VUS-ROC") + "VUS-ROC".length();
        assertThat(noether.substring(0, end)).as("an unknown number is a dash").endsWith("–");
    }

    @Test
    void differencesSayWhetherTheyAreWithinNoise() {
        assertThat(lines)
                .contains("  noether − norm: VUS-PR +0.200 ± 0.100 (within noise), events at 10 +0.375 ± 0.125"
                        + " (within noise)")
                .contains("  noether − pca: VUS-PR –, events at 10 –");
    }

    @Test
    void alarmRatesNameWhatTheyAreComparedWith() {
        assertThat(lines)
                .contains("  alarms per normal row: promised 1e-03, realised 2.00e-03 (2.00 times), share of events"
                        + " found 0.500");
        assertThat(lines)
                .filteredOn(line -> line.contains("alarms per normal row"))
                .hasSize(4)
                .last()
                .asString()
                .contains("promised 2e-03", "found 1.000");
    }

    @Test
    void causesAndFailuresComeLast() {
        assertThat(lines).anyMatch(line -> line.contains("HitRate@100 % / @150 %: per incident 0.500 / 0.750"));
        assertThat(lines).last().isEqualTo("  pca failed on b: too few rows & no hope");
    }

    @Test
    void aTableHasTheColumnsOfIndependentRows() {
        List<String> table = ConsoleTable.lines(TestingReports.table());
        assertThat(table.get(1)).contains("AUC-ROC", "AUC-PR").doesNotContain("VUS", "events");
        assertThat(table.get(2)).contains("0.750", "0.500");
        assertThat(table).hasSize(3);
    }

    @Test
    void theUcrScoreIsShownWhereEachSeriesHasOneEvent() {
        List<String> beats = ConsoleTable.lines(TestingReports.beats());
        assertThat(cell(beats, "noether", "UCR score")).isEqualTo("0.500");
        assertThat(cell(beats, "shape", "UCR score")).isEqualTo("0.000");
        assertThat(lines.get(1)).doesNotContain("UCR");
    }

    @Test
    void delayedColumnsAreShownWhereADelayIsKnown() {
        List<String> beats = ConsoleTable.lines(TestingReports.beats());
        assertThat(cell(beats, "shape", "rank delay")).isEqualTo("120.0");
        assertThat(cell(beats, "shape", "VUS-PR delayed")).isEqualTo("0.375");
        assertThat(cell(beats, "shape", "UCR delayed")).isEqualTo("1.000");
        assertThat(cell(beats, "noether", "VUS-PR delayed")).isEqualTo("–");
        assertThat(lines.get(1)).doesNotContain("delayed", "rank delay");
    }

    @Test
    void whyShapesAreNotJudgedIsSaidOnceForAllSeriesWithThatReason() {
        assertThat(ConsoleTable.shapes(TestingReports.withoutShapes("no period")))
                .containsExactly("no period");
        assertThat(ConsoleTable.shapes(TestingReports.withoutShapes("no period", "no period")))
                .containsExactly("all series: no period");
        assertThat(ConsoleTable.lines(TestingReports.withoutShapes("no period", "too short", "no period")))
                .contains("  s0, s2: no period", "  s1: too short");
        assertThat(ConsoleTable.shapes(TestingReports.withoutShapes("", ""))).isEmpty();
    }

    @Test
    void aPeerThatDoesNotApplySaysWhy() {
        assertThat(ConsoleTable.lines(TestingReports.beats()))
                .contains("  shape was not run on 1 of 2 series: two & more");
    }

    private static String cell(List<String> lines, String detector, String title) {
        int end = lines.get(1).indexOf(title) + title.length();
        String line = lines.stream()
                .filter(one -> one.startsWith(detector))
                .findFirst()
                .orElseThrow();
        return line.substring(end - title.length(), end).strip();
    }

    @Test
    void eachMetricHasItsDigits() {
        assertThat(ConsoleTable.number(DetectionMetric.VUS_PR, 0.12345)).isEqualTo("0.123");
        assertThat(ConsoleTable.number(DetectionMetric.DELAY_AT_10, 12.34)).isEqualTo("12.3");
        assertThat(ConsoleTable.number(DetectionMetric.SECONDS, Double.POSITIVE_INFINITY))
                .isEqualTo("–");
    }
}
