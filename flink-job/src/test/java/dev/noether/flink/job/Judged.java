package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What a job made of a stream.
 *
 * @param scores in the order of the observations
 * @param incidents in the order in which they were told
 */
record Judged(List<Score> scores, List<Incident> incidents) {
    /** Engines and processors add up in different orders. */
    private static final double EQUAL = 1e-5;
    /** What is left where two numbers nearly cancel out has fewer digits. */
    private static final double NOTHING = 1e-7;

    private static final Comparator<Double> DOUBLES = (a, b) -> areClose(a, b, NOTHING) ? 0 : Double.compare(a, b);
    private static final Comparator<Float> FLOATS = (a, b) -> areClose(a, b, NOTHING) ? 0 : Float.compare(a, b);
    /** Chances are often tiny: their digits count from the first one that is not 0. */
    private static final BiPredicate<Double, Double> CHANCES = (a, b) -> areClose(a, b, 0);

    /** Earlier versions did not write the model's hash. */
    private static final BiPredicate<Object, Object> HASHES = (a, b) -> b == null || b.equals(a);

    /** Reads what two {@link HexSink}s wrote. */
    static Judged read(Path scores, Path incidents) throws Exception {
        return new Judged(decode(scores, new ScoreCodec()), decode(incidents, new IncidentCodec()));
    }

    private static <T> List<T> decode(Path file, RecordCodec<T> codec) throws Exception {
        List<T> records = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            records.add(codec.decode(HexFormat.of().parseHex(line)));
        }
        return records;
    }

    /**
     * Makes sure that two jobs have judged alike: floating-point numbers up to their last digits, everything else
     * exactly. The sentences of incidents are left out, because each version may word them differently, and an
     * incident that waited at the savepoint has the words of the old version. They must name the leading feature.
     * Records of different incidents may come in another order. The causes must be the same features; version 0.1 ranked
     * those that fell by their shares.
     */
    void assertSameAs(Judged expected) {
        assertSame(scores, expected.scores);
        assertSame(byId(incidents), byId(expected.incidents));
        assertSameCauses(byId(incidents), byId(expected.incidents));
        assertThat(incidents).allSatisfy(Judged::assertNamesCause);
    }

    private static <T> void assertSame(List<T> found, List<T> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i))
                    .usingRecursiveComparison()
                    .withComparatorForType(DOUBLES, Double.class)
                    .withComparatorForType(FLOATS, Float.class)
                    .withEqualsForFieldsMatchingRegexes(CHANCES, "(.*\\.)?pValue")
                    .withEqualsForFieldsMatchingRegexes(HASHES, "(.*\\.)?modelHash")
                    .ignoringFieldsMatchingRegexes("(.*\\.)?description", "diagnosis\\.causes.*")
                    .isEqualTo(expected.get(i));
        }
    }

    private static void assertSameCauses(List<Incident> found, List<Incident> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).diagnosis().causes())
                    .extracting(Cause::feature)
                    .containsExactlyInAnyOrderElementsOf(expected.get(i).diagnosis().causes().stream()
                            .map(Cause::feature)
                            .toList());
        }
    }

    private static void assertNamesCause(Incident incident) {
        assertThat(incident.description()).isNotBlank();
        if (!incident.diagnosis().causes().isEmpty()) {
            assertThat(incident.description())
                    .contains(incident.diagnosis().causes().get(0).feature());
        }
    }

    /** Those of one incident stay in their order. */
    private static List<Incident> byId(List<Incident> incidents) {
        return incidents.stream().sorted(Comparator.comparing(Incident::id)).toList();
    }

    private static boolean areClose(double a, double b, double nothing) {
        boolean finite = Double.isFinite(a) && Double.isFinite(b);
        return Double.compare(a, b) == 0
                || (finite && Math.abs(a - b) <= nothing + EQUAL * Math.max(Math.abs(a), Math.abs(b)));
    }
}
