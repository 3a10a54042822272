package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boundary values of each field, and codecs that are used again after good and bad records. */
class RecordBoundaryTest extends RandomizedTest {
    private static final float[] FLOATS = {
        0f,
        -0f,
        Float.NaN,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };
    private static final double[] DOUBLES = {
        0, -0.0, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    private static final String LONG_TEXT = "Größe 😀 ".repeat(20_000);

    private final ObservationCodec observations = new ObservationCodec();
    private final ScoreCodec scores = new ScoreCodec();
    private final IncidentCodec incidents = new IncidentCodec();

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
    void extremeTimesAndNumbersOfAnObservation(long extreme) throws Exception {
        same(observations, new Observation("", extreme, new Features.Positional(extreme, FLOATS)));
        same(observations, new Observation("a", extreme, new Features.Positional(extreme, new float[0])));
        same(observations, new Observation("a", extreme, new Features.Named(Map.of())));
    }

    @Test
    void namedFeaturesKeepEachExtremeValue() throws Exception {
        Map<String, Float> values = new HashMap<>();
        for (float value : FLOATS) {
            values.put("feature " + value, value);
        }
        values.put("", 1f);
        values.put(LONG_TEXT, 2f);
        same(observations, new Observation("a", 1, new Features.Named(values)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, Long.MAX_VALUE})
    void extremeNumbersOfAScore(long extreme) throws Exception {
        for (double value : DOUBLES) {
            same(scores, score(extreme, value, List.of()));
        }
        for (float value : FLOATS) {
            Contribution contribution = new Contribution("cpu", value, value, value, value, value, value);
            same(scores, score(extreme, 1, List.of(contribution, new Contribution("", 1, 2, 3))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, Long.MAX_VALUE})
    void extremeNumbersOfAnIncident(long extreme) throws Exception {
        for (double value : DOUBLES) {
            for (float single : FLOATS) {
                Cause cause = new Cause("cpu", single, single, single, single, single);
                same(incidents, incident(extreme, value, List.of(cause, cause), List.of()));
            }
        }
    }

    @Test
    void theLargestGroupIsReadWithAllItsMembers() throws Exception {
        List<String> members = IntStream.range(0, IncidentGroup.MAX_MEMBERS)
                .mapToObj(i -> "host-" + i)
                .toList();
        Incident group = incident(1, 1, List.of(), members);
        assertThat(incidents.decode(incidents.encode(group)).group().members()).isEqualTo(members);
    }

    @Test
    void negativeZeroIsNotZero() throws Exception {
        Observation decoded = observations.decode(
                observations.encode(new Observation("a", 1, new Features.Positional(1, new float[] {-0f}))));
        float[] values = ((Features.Positional) decoded.features()).values();
        assertThat(Float.floatToRawIntBits(values[0])).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(1 / scores.decode(scores.encode(score(1, -0.0, List.of()))).score())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void everySymbolOfEachEnumIsReadAgain() throws Exception {
        for (Verdict verdict : Verdict.values()) {
            UnscoredReason reason = verdict == Verdict.UNSCORED ? UnscoredReason.OTHER : null;
            same(scores, new Score("d", "e", 1, 2, 3, 4, verdict, reason, 1, 2, 3, List.of(), List.of(), 5));
        }
        for (UnscoredReason reason : UnscoredReason.values()) {
            same(scores, Score.unscored("d", "e", 1, 2, 3, reason));
        }
        for (RejectionReason reason : RejectionReason.values()) {
            same(new RejectedCodec(), new Rejected("t", 1, 2, 3, reason, "e", null, null, 0));
        }
        for (ReleaseStage stage : ReleaseStage.values()) {
            same(new ModelReleaseCodec(), release(stage, Map.of()));
        }
        for (FeedbackVerdict verdict : FeedbackVerdict.values()) {
            same(new FeedbackCodec(), new Feedback("i", verdict, 1, "", ""));
        }
    }

    /** A symbol's number is in the bytes, so the constants must be in the order of the schema. */
    @Test
    void theConstantsAreThoseOfTheSchemas() {
        assertSymbols("Score", "verdict", Verdict.values());
        assertSymbols("Rejected", "reason", RejectionReason.values());
        assertSymbols("Incident", "kind", IncidentKind.values());
        assertSymbols("Incident", "state", IncidentState.values());
        assertSymbols("Incident", "severity", Severity.values());
        assertSymbols("Incident", "shape", BreakShape.values());
        assertSymbols("Feedback", "verdict", FeedbackVerdict.values());
        assertThat(SchemaStore.newest("ModelRelease").getField("stage").schema().getEnumSymbols())
                .hasSameSizeAs(ReleaseStage.values());
    }

    private static void assertSymbols(String record, String field, Enum<?>[] constants) {
        assertThat(SchemaStore.newest(record).getField(field).schema().getEnumSymbols())
                .as("%s.%s", record, field)
                .isEqualTo(Stream.of(constants).map(Enum::name).toList());
    }

    @Test
    void emptyAndAbsentTextsAndBytesDiffer() throws Exception {
        RejectedCodec codec = new RejectedCodec();
        same(codec, new Rejected("t", 0, 0, 0, RejectionReason.EMPTY, "", new byte[0], null, 0));
        same(codec, new Rejected("t", 0, 0, 0, RejectionReason.EMPTY, "", null, new byte[0], 0));
        Feedback feedback = new Feedback("i", FeedbackVerdict.CONFIRMED, 1, "", null);
        same(new FeedbackCodec(), feedback);
        assertThat(feedback).isNotEqualTo(new Feedback("i", FeedbackVerdict.CONFIRMED, 1, null, ""));
    }

    @Test
    void textsOfAnyLengthAreReadAgain() throws Exception {
        for (int length : new int[] {0, 1, 63, 64, 127, 128, 129, 511, 512, 513, 8_191, 8_192, 8_193, 100_000}) {
            String author = "x".repeat(length);
            same(new FeedbackCodec(), new Feedback("ä".repeat(length), FeedbackVerdict.DISMISSED, 1, author, null));
        }
    }

    @Test
    void equalReleasesHaveEqualBytes(RandomGenerator random) throws Exception {
        ModelReleaseCodec codec = new ModelReleaseCodec();
        for (int round = 0; round < 100; round++) {
            List<Integer> keys = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
            Map<String, String> forward = new HashMap<>();
            keys.forEach(key -> forward.put("key " + key, "value " + key));
            Collections.shuffle(keys, new Random(random.nextLong()));
            Map<String, String> shuffled = new HashMap<>(4);
            keys.forEach(key -> shuffled.put("key " + key, "value " + key));
            assertThat(codec.encode(release(ReleaseStage.CHAMPION, shuffled)))
                    .isEqualTo(codec.encode(release(ReleaseStage.CHAMPION, forward)));
        }
    }

    /** "Aa" and "BB" have the same hash, so they share a slot of the cache of strings. */
    @Test
    void namesThatShareASlotOfTheCacheAreNotConfused() throws Exception {
        for (int i = 0; i < 10; i++) {
            for (String entity : List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa")) {
                assertThat(observations
                                .decode(observations.encode(observation(entity)))
                                .entity())
                        .isEqualTo(entity);
            }
        }
    }

    @Test
    void aRepeatedNameIsNotAllocatedAgain() throws Exception {
        byte[] bytes = observations.encode(observation("host-7"));
        assertThat(observations.decode(bytes).entity())
                .isSameAs(observations.decode(bytes).entity());
        byte[] longer = observations.encode(observation("x".repeat(129)));
        assertThat(observations.decode(longer).entity()).isEqualTo("x".repeat(129));
    }

    @Test
    void aRecordThatCannotBeWrittenDoesNotDamageTheNext(RandomGenerator random) throws Exception {
        TestingRecords records = new TestingRecords(random);
        for (int i = 0; i < 100; i++) {
            Score bad = score(1, 1, Arrays.asList(new Contribution("x".repeat(random.nextInt(3_000)), 1, 2, 3), null));
            assertThatThrownBy(() -> scores.encode(bad)).isInstanceOf(NullPointerException.class);
            same(scores, records.score());
        }
    }

    @Test
    void eachCodecReadsRandomRecordsBetweenTruncatedOnes(RandomGenerator random) throws Exception {
        TestingRecords records = new TestingRecords(random);
        for (int i = 0; i < 200; i++) {
            sameAfterTruncation(observations, records::observation, random);
            sameAfterTruncation(scores, records::score, random);
            sameAfterTruncation(incidents, records::incident, random);
            sameAfterTruncation(new FeedbackCodec(), records::feedback, random);
            sameAfterTruncation(new ModelReleaseCodec(), records::release, random);
            sameAfterTruncation(new RejectedCodec(), records::rejected, random);
        }
    }

    private static <T> void sameAfterTruncation(RecordCodec<T> codec, Supplier<T> records, RandomGenerator random)
            throws Exception {
        T record = records.get();
        byte[] whole = codec.encode(record);
        byte[] cut = Arrays.copyOf(whole, random.nextInt(RecordCodec.HEADER_BYTES, whole.length));
        MalformedRecordException refusal =
                catchThrowableOfType(MalformedRecordException.class, () -> codec.decode(cut));
        assertThat(refusal).as("%s cut to %d bytes", record, cut.length).isNotNull();
        assertThat(refusal.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(refusal.getMessage())
                .matches("the bytes end in the middle of the record"
                        + "|a block of \\d+ items, but only \\d+ bytes are left");
        byte[] longer = Arrays.copyOf(whole, whole.length + random.nextInt(1, 20));
        assertThatThrownBy(() -> codec.decode(longer)).hasMessage("bytes are left over after the record");
        assertThat(codec.decode(whole)).isEqualTo(record);
    }

    @Test
    void listsOfADecodedRecordCannotBeChanged(RandomGenerator random) throws Exception {
        Score score = scores.decode(scores.encode(new TestingRecords(random).score()));
        assertThatThrownBy(() -> score.imputed().add("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> score.contributions().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> score.stuck().add(null)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anUnscoredReasonBelongsToAnUnscoredVerdictOnly() {
        assertThatThrownBy(
                        () -> new Score("d", "e", 1, 2, 3, 4, Verdict.UNSCORED, null, 1, 2, 3, List.of(), List.of(), 5))
                .hasMessage("an unscored reason is required if and only if the verdict is UNSCORED"
                        + " (verdict UNSCORED, reason null)");
        assertThatThrownBy(() -> new Score(
                        "d", "e", 1, 2, 3, 4, Verdict.NORMAL, UnscoredReason.LATE, 1, 2, 3, List.of(), List.of(), 5))
                .hasMessageContaining("(verdict NORMAL, reason LATE)");
    }

    private static <T> void same(RecordCodec<T> codec, T record) throws MalformedRecordException {
        assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
    }

    private static Observation observation(String entity) {
        return new Observation(entity, 1, new Features.Positional(1, new float[] {1}));
    }

    private static Score score(long extreme, double value, List<Contribution> contributions) {
        return new Score(
                "d",
                LONG_TEXT,
                extreme,
                extreme,
                (int) extreme,
                extreme,
                Verdict.ANOMALOUS,
                null,
                value,
                value,
                value,
                contributions,
                List.of("", LONG_TEXT),
                extreme,
                value,
                "",
                List.of(new StuckFeature("", (int) extreme, value)));
    }

    private static Incident incident(long extreme, double value, List<Cause> causes, List<String> members) {
        return new Incident(
                new IncidentIdentity("", "", "", IncidentKind.OTHER),
                IncidentState.UPDATED,
                Severity.CRITICAL,
                new IncidentTimes(extreme, extreme, extreme),
                new IncidentPeak(value, extreme, value, value, extreme),
                extreme,
                new Diagnosis(causes, BreakShape.UNKNOWN, "line\nline"),
                new IncidentGroup("", members, (int) extreme),
                "");
    }

    private static ModelRelease release(ReleaseStage stage, Map<String, String> provenance) {
        return new ModelRelease(
                "fleet",
                Long.MAX_VALUE,
                new ReleasedArtifact("", "", Long.MIN_VALUE),
                -1,
                0,
                stage,
                1,
                new ReleaseCalibration(Double.MAX_VALUE, Double.MIN_VALUE, Long.MAX_VALUE),
                provenance);
    }
}
