package dev.noether.incident.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bytes and ids of incidents. */
class IncidentBytesTest extends RandomizedTest {
    @Test
    void aRandomIncidentIsReadAsItWasWritten(RandomGenerator random) throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Incident incident = incident(random);
            byte[] bytes = bytes(incident);
            DataInputStream source = new DataInputStream(new ByteArrayInputStream(bytes));
            assertThat(IncidentBytes.read(source, "fleet", true)).isEqualTo(incident);
            assertThat(source.available()).isZero();
        }
    }

    @Test
    void bytesOfAnEarlierVersionHaveNoFinding(RandomGenerator random) throws IOException {
        Incident incident = incident(random);
        byte[] whole = bytes(incident);
        Diagnosis diagnosis = incident.diagnosis();
        byte[] finding = findingBytes(diagnosis.shapeFinding());
        byte[] earlier = Arrays.copyOf(whole, whole.length - finding.length);
        Incident read = IncidentBytes.read(new DataInputStream(new ByteArrayInputStream(earlier)), "fleet", false);
        assertThat(read.diagnosis())
                .isEqualTo(new Diagnosis(diagnosis.causes(), diagnosis.shape(), diagnosis.description()));
        assertThat(read.peak()).isEqualTo(incident.peak());
    }

    private static byte[] findingBytes(ShapeFinding finding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FindingBytes.write(finding, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void bytesThatEndTooEarlyAreRefused(RandomGenerator random) throws IOException {
        byte[] whole = bytes(incident(random));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(
                            () -> IncidentBytes.read(new DataInputStream(new ByteArrayInputStream(cut)), "fleet", true))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aDamagedLengthIsRefusedBeforeItIsAllocated() throws IOException {
        for (int length : new int[] {Integer.MAX_VALUE, -1, 1 << 30}) {
            byte[] damaged = new byte[40];
            java.nio.ByteBuffer.wrap(damaged).putInt(length);
            for (StateRead read : List.<StateRead>of(TextBytes::read, TextBytes::readAll, CauseBytes::readAll)) {
                IOException refusal = org.assertj.core.api.Assertions.catchThrowableOfType(
                        IOException.class, () -> read.from(new DataInputStream(new ByteArrayInputStream(damaged))));
                if (length < 0) {
                    assertThat(refusal)
                            .hasMessageStartingWith("the state is damaged: the number of ")
                            .hasMessageEndingWith(" is -1");
                } else {
                    assertThat(refusal).isInstanceOf(EOFException.class);
                }
            }
        }
    }

    @Test
    void aNumberWithoutAConstantIsRefusedInWords(RandomGenerator random) throws IOException {
        byte[] bytes = bytes(incident(random));
        int idBytes = java.nio.ByteBuffer.wrap(bytes).getInt();
        int entityBytes = java.nio.ByteBuffer.wrap(bytes).getInt(4 + idBytes);
        bytes[8 + idBytes + entityBytes] = 99;
        assertThatThrownBy(
                        () -> IncidentBytes.read(new DataInputStream(new ByteArrayInputStream(bytes)), "fleet", true))
                .isInstanceOf(IOException.class)
                .hasMessage("the state is damaged or of a later version: no IncidentKind has number 99; the last is "
                        + (IncidentKind.values().length - 1));
    }

    private interface StateRead {
        Object from(DataInputStream source) throws IOException;
    }

    @Test
    void textsMayBeLongerThanJavasOwnFormatAllows() throws IOException {
        String text = "ä😀".repeat(50_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TextBytes.writeAll(List.of("", text, "x"), new DataOutputStream(bytes));
        DataInputStream source = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(TextBytes.readAll(source)).containsExactly("", text, "x");
    }

    @Test
    void anEmptyTextIsNotNoText() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TextBytes.writeNullable("", new DataOutputStream(bytes));
        TextBytes.writeNullable(null, new DataOutputStream(bytes));
        DataInputStream source = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(TextBytes.readNullable(source)).isEmpty();
        assertThat(TextBytes.readNullable(source)).isNull();
    }

    /** Ids are in the topics of users, so their computation must not change. */
    @Test
    void idsStayThoseOfTheFirstRelease() {
        assertThat(IncidentId.identity("fleet", IncidentKind.ANOMALY, "a", 10_000)
                        .id())
                .isEqualTo("0e1d88b447326d3131d75dac36604323");
        assertThat(IncidentId.identity("fleet", IncidentKind.GROUP, "", 1_000).id())
                .isEqualTo("e0b5e2f53d5c9f718925ada15512e08c");
    }

    @Test
    void eachPartOfAnIdentityChangesTheId() {
        Set<String> ids = new HashSet<>();
        int count = 0;
        for (String detector : List.of("fleet", "pumps")) {
            for (IncidentKind kind : IncidentKind.values()) {
                for (String entity : List.of("", "a", "1/a", "a/1", "ä")) {
                    for (long start : new long[] {0, 1, 11, -1}) {
                        ids.add(IncidentId.identity(detector, kind, entity, start)
                                .id());
                        count++;
                    }
                }
            }
        }
        assertThat(ids).hasSize(count);
    }

    @Test
    void onlyAStallIsCriticalWithoutAScore() {
        for (IncidentKind kind : List.of(IncidentKind.STALL, IncidentKind.SILENCE)) {
            Incident report = UnscoredIncident.report(
                    IncidentId.identity("fleet", kind, "", 5),
                    IncidentState.OPENED,
                    new IncidentTimes(5, 6, 7),
                    "text",
                    null);
            assertThat(report.severity()).isEqualTo(kind == IncidentKind.STALL ? Severity.CRITICAL : Severity.MEDIUM);
            assertThat(report.peak()).isEqualTo(IncidentPeak.none(5));
        }
    }

    @Test
    void numbersAtTheBoundsOfPlainNotation() {
        assertThat(ReadableQuantity.number(0.0001)).isEqualTo("0.0001");
        assertThat(ReadableQuantity.number(-0.0)).isEqualTo("0");
        assertThat(ReadableQuantity.number(99_999)).isEqualTo("100000");
        assertThat(ReadableQuantity.number(999_900_000)).isEqualTo("999900000");
        assertThat(ReadableQuantity.number(1e9)).isEqualTo("1E+9");
        assertThat(ReadableQuantity.number(1.23456e12)).isEqualTo("1.235E+12");
        assertThat(ReadableQuantity.number(Double.NaN)).isEqualTo("NaN");
        assertThat(ReadableQuantity.number(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    }

    @Test
    void durationsAtTheBoundsOfTheirUnits() {
        assertThat(ReadableQuantity.duration(0)).isEqualTo("0 ms");
        assertThat(ReadableQuantity.duration(999)).isEqualTo("999 ms");
        assertThat(ReadableQuantity.duration(1_000)).isEqualTo("1 s");
        assertThat(ReadableQuantity.duration(59_999)).isEqualTo("59 s");
        assertThat(ReadableQuantity.duration(3_600_000)).isEqualTo("1 h");
        assertThat(ReadableQuantity.duration(3_659_000)).isEqualTo("1 h");
        assertThat(ReadableQuantity.duration(3_660_000)).isEqualTo("1 h 1 min");
        assertThat(ReadableQuantity.duration(86_399_999)).isEqualTo("23 h 59 min");
        assertThat(ReadableQuantity.period(86_399_999)).isEqualTo("23 h 59 min");
    }

    private static Incident incident(RandomGenerator random) {
        return new Incident(
                new IncidentIdentity("fleet", text(random), text(random), any(random, IncidentKind.values())),
                any(random, IncidentState.values()),
                any(random, Severity.values()),
                new IncidentTimes(random.nextLong(), random.nextLong(), random.nextLong()),
                new IncidentPeak(
                        number(random),
                        random.nextLong(),
                        number(random),
                        number(random),
                        random.nextBoolean() ? Score.NO_MODEL : random.nextLong(),
                        random.nextBoolean() ? null : "ab" + random.nextInt()),
                random.nextLong(),
                new Diagnosis(
                        IntStream.range(0, random.nextInt(4))
                                .mapToObj(i -> cause(random))
                                .toList(),
                        any(random, BreakShape.values()),
                        text(random),
                        finding(random)),
                new IncidentGroup(
                        random.nextBoolean() ? null : text(random),
                        IntStream.range(0, random.nextInt(4))
                                .mapToObj(i -> text(random))
                                .toList(),
                        random.nextInt()),
                random.nextBoolean() ? null : text(random));
    }

    private static ShapeFinding finding(RandomGenerator random) {
        return random.nextBoolean()
                ? null
                : new ShapeFinding(
                        text(random),
                        any(random, ShapeDifference.values()),
                        (float) number(random),
                        random.nextFloat(),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt());
    }

    private static Cause cause(RandomGenerator random) {
        return new Cause(
                text(random),
                (float) number(random),
                random.nextFloat(),
                (float) number(random),
                (float) number(random),
                (float) number(random));
    }

    private static double number(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> -0.0;
            default -> random.nextGaussian();
        };
    }

    private static String text(RandomGenerator random) {
        return "ä😀\n".repeat(random.nextInt(3)) + random.nextInt();
    }

    private static <T> T any(RandomGenerator random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static byte[] bytes(Incident incident) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IncidentBytes.write(incident, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
