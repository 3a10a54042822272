package dev.noether.flink.source.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.mapping.TimeForm;
import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, times and paths: what they mean, and that nothing else means something. */
class FieldTextsTest extends RandomizedTest {
    private static final int CASES = 20_000;

    @Test
    void aNumberIsWhatJavaReads(RandomGenerator random) {
        for (int i = 0; i < CASES; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(NumberText.parse(" " + number + "\t")).isEqualTo(number);
            }
            long integer = random.nextLong() >> random.nextInt(64);
            assertThat(NumberText.parse(Long.toString(integer))).isEqualTo(integer);
            assertThat(NumberText.parseInteger(Long.toString(integer), 7)).isEqualTo(integer);
        }
        assertThat(NumberText.parse("+.5e-3")).isEqualTo(0.0005);
        assertThat(NumberText.parse("9".repeat(30))).isEqualTo(1e30);
    }

    @Test
    void anIntegerOutOfRangeIsNone(RandomGenerator random) {
        assertThat(NumberText.parseInteger(Long.toString(Long.MAX_VALUE), 7)).isEqualTo(Long.MAX_VALUE);
        for (int i = 0; i < CASES; i++) {
            BigInteger beyond = BigInteger.valueOf(Long.MAX_VALUE).add(new BigInteger(50, new Random(i)));
            String text = beyond.add(BigInteger.ONE).toString();
            assertThat(NumberText.parseInteger(text, 7)).as(text).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1f",
                "0x10",
                "NaN",
                "Infinity",
                "1,5",
                "1 2",
                "12%",
                "--1",
                "1.2.3",
                "٣",
                "true",
                "n/a"
            })
    void otherTextsAreNoNumbers(String text) {
        assertThat(NumberText.parse(text)).isNaN();
        assertThat(NumberText.parseInteger(text, 7)).isEqualTo(7);
    }

    @Test
    void aTimeIsWhatJavaReads(RandomGenerator random) {
        DateTimeFormatter space = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
        for (int i = 0; i < CASES; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 250_000_000_000_000L))
                    .plusNanos(random.nextInt(1_000_000));
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
            long millis = time.toEpochMilli();
            assertThat(IsoTime.parse(time.toString())).as("%s", time).isEqualTo(millis);
            String withZone = time.atOffset(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            assertThat(IsoTime.parse(withZone)).as(withZone).isEqualTo(millis);
            assertThat(IsoTime.parse(time.atOffset(ZoneOffset.UTC).format(space)))
                    .isEqualTo(millis);
        }
        assertThat(IsoTime.parse("2026-01-31T08:15+0200")).isEqualTo(IsoTime.parse("2026-01-31T06:15:00Z"));
        assertThat(IsoTime.parse("2026-01-31t08:15:00.5-01")).isEqualTo(IsoTime.parse("2026-01-31T09:15:00.500Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-31",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T08:60:00Z",
                "2026-01-31T08:00:61Z",
                "2026-01-31T08:00:00.Z",
                "2026-01-31T08:00:00+2",
                "2026-01-31T08:00:00 UTC",
                "2026-01-31X08:00:00Z",
                "1790000000123",
                "26-01-31T08:00:00Z"
            })
    void otherTextsAreNoTimes(String text) {
        assertThat(IsoTime.parse(text)).isEqualTo(IsoTime.NONE);
    }

    @Test
    void anyTextEndsAsATimeOrNone(RandomGenerator random) {
        Fuzz fuzz = new Fuzz(random);
        byte[] good = "2026-01-31T08:15:00.123+02:00".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < CASES; i++) {
            String text = new String(fuzz.bytes(good), StandardCharsets.UTF_8);
            IsoTime.parse(text);
            NumberText.parse(text);
            NumberText.parseInteger(text, 7);
        }
    }

    @Test
    void aUnitIsWhatItSays(RandomGenerator random) {
        for (int i = 0; i < CASES; i++) {
            long millis = random.nextLong(4_000_000_000_000L);
            assertThat(TimeForm.SECONDS.toMillis(millis / 1_000.0)).isEqualTo(millis);
            assertThat(TimeForm.SECONDS.toMillis(millis / 1_000)).isEqualTo(millis / 1_000 * 1_000);
            assertThat(TimeForm.MILLISECONDS.toMillis(millis)).isEqualTo(millis);
            assertThat(TimeForm.MICROSECONDS.toMillis(millis * 1_000 + 999)).isEqualTo(millis);
            assertThat(TimeForm.NANOSECONDS.toMillis(millis * 1_000_000 + 999_999))
                    .isEqualTo(millis);
        }
        assertThat(TimeForm.SECONDS.toMillis(Long.MAX_VALUE / 10)).isEqualTo(Long.MAX_VALUE);
        assertThat(TimeForm.SECONDS.toMillis(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    }

    /** Whether a dot leads into a nested field or is part of a name makes no difference. */
    @Test
    void eachWayToNestAPathLeadsToItsSlot(RandomGenerator random) {
        for (int i = 0; i < 500; i++) {
            List<String> names = random.ints(random.nextInt(1, 6), 0, 3)
                    .mapToObj(letter -> String.valueOf((char) ('a' + letter)))
                    .toList();
            String path = String.join(".", names);
            PathTree node = PathTree.of(List.of("a", path, "b.c", path));
            int from = 0;
            while (from < names.size()) {
                int to = random.nextInt(from + 1, names.size() + 1);
                node = node.child(String.join(".", names.subList(from, to)));
                assertThat(node).as(path).isNotNull();
                from = to;
            }
            assertThat(node.slots()).contains(1, 3);
            assertThat(node.child("z")).isNull();
        }
    }

    @Test
    void aCacheReturnsWhatItIsAskedFor(RandomGenerator random) {
        TextCache cache = new TextCache();
        for (int i = 0; i < CASES; i++) {
            String text = "x" + random.nextInt(50) + "é".repeat(random.nextInt(140));
            byte[] bytes = ("__" + text + "_").getBytes(StandardCharsets.UTF_8);
            assertThat(cache.get(bytes, 2, bytes.length - 3)).isEqualTo(text);
            assertThat(cache.get(("_" + text).toCharArray(), 1, text.length())).isEqualTo(text);
        }
    }
}
