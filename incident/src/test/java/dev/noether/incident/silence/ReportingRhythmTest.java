package dev.noether.incident.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReportingRhythmTest extends RandomizedTest {
    private final ReportingRhythm rhythm = new ReportingRhythm();

    @Test
    void theRhythmIsKnownAfterNineReports() {
        for (int i = 0; i < 8; i++) {
            rhythm.observe(i * 1_000L, Long.MAX_VALUE);
            assertThat(rhythm.isKnown()).as("after %d reports", i + 1).isFalse();
        }
        rhythm.observe(8_000, Long.MAX_VALUE);
        assertThat(rhythm.isKnown()).isTrue();
    }

    /** One odd gap after a few changes the usual gap by a thirty-second part of the difference at most. */
    @Test
    void theUsualGapIsLearnedSlowly() {
        regular(0, 100, 1_000);
        rhythm.observe(99_000 + 33_000, Long.MAX_VALUE);
        assertThat(rhythm.usualGapMillis()).isBetween(1_999f, 2_001f);
    }

    @Test
    void aRegularReporterMayBeLateByTwoAndAHalfGaps() {
        regular(0, 100, 1_000);
        assertThat(rhythm.usualGapMillis()).isEqualTo(1_000);
        assertThat(rhythm.gapLimitMillis()).isEqualTo(2_500);
    }

    @Test
    void anIrregularReporterMayBeLateForLonger() {
        long time = 0;
        for (int i = 0; i < 200; i++) {
            rhythm.observe(time, Long.MAX_VALUE);
            time += i % 2 == 0 ? 1_000 : 9_000;
        }
        assertThat(rhythm.usualGapMillis()).isBetween(4_500f, 5_500f);
        // The mean absolute deviation is 4 s.
        assertThat(rhythm.gapLimitMillis()).isBetween(45_000L, 60_000L);
    }

    @Test
    void oneLongGapInAThousandIsRemembered() {
        regular(0, 100, 1_000);
        rhythm.observe(99_000 + 20_000, Long.MAX_VALUE);
        regular(119_000 + 1_000, 500, 1_000);
        assertThat(rhythm.gapLimitMillis()).isBetween(20_000L, 25_000L);
    }

    @Test
    void aGapBeyondTheLimitCountsAsTheLimit() {
        regular(0, 100, 1_000);
        ReportingRhythm limited = rhythm.copy();
        limited.observe(99_000 + 2_500, 2_500);
        rhythm.observe(99_000 + 86_400_000, 2_500);
        assertThat(rhythm.usualGapMillis()).isEqualTo(limited.usualGapMillis()).isLessThan(1_200);
        assertThat(rhythm.gapLimitMillis()).isEqualTo(limited.gapLimitMillis());
        assertThat(rhythm.newest()).isEqualTo(99_000 + 86_400_000);
    }

    @Test
    void lateAndRepeatedReportsChangeNothing() throws IOException {
        regular(0, 100, 1_000);
        byte[] before = bytes(rhythm);
        for (long time : new long[] {99_000, 98_999, 0, -5, Long.MIN_VALUE}) {
            rhythm.observe(time, Long.MAX_VALUE);
            assertThat(bytes(rhythm)).as("at %d", time).isEqualTo(before);
        }
    }

    @Test
    void aNewRhythmIsLearned() {
        regular(0, 100, 1_000);
        regular(100_000, 1_000, 100);
        assertThat(rhythm.usualGapMillis()).isBetween(99f, 101f);
    }

    @Test
    void stateIsReadAsItWasWrittenAfterEachStep(RandomGenerator random) throws IOException {
        ReportingRhythm restored = new ReportingRhythm();
        long time = 0;
        for (int i = 0; i < 500; i++) {
            time += random.nextInt(-100, 5_000);
            rhythm.observe(time, 8_000);
            restored.observe(time, 8_000);
            byte[] bytes = bytes(restored);
            assertThat(bytes).hasSize(ReportingRhythm.BYTES).isEqualTo(bytes(rhythm));
            restored = ReportingRhythm.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            assertThat(restored.gapLimitMillis()).isEqualTo(rhythm.gapLimitMillis());
            assertThat(restored.isKnown()).isEqualTo(rhythm.isKnown());
        }
    }

    @Test
    void aCopyDoesNotFollowItsOriginal() throws IOException {
        regular(0, 10, 1_000);
        byte[] before = bytes(rhythm);
        ReportingRhythm copy = rhythm.copy();
        rhythm.observe(20_000, Long.MAX_VALUE);
        assertThat(bytes(copy)).isEqualTo(before).isNotEqualTo(bytes(rhythm));
    }

    private void regular(long from, int count, long gap) {
        for (int i = 0; i < count; i++) {
            rhythm.observe(from + i * gap, Long.MAX_VALUE);
        }
    }

    private static byte[] bytes(ReportingRhythm rhythm) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rhythm.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
