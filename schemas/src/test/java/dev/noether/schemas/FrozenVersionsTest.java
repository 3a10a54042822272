package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What was once released stays as it is: the schemas by their fingerprints, and the bytes in
 * {@code src/test/resources}, which were written by the release that they belong to and are never written again.
 */
class FrozenVersionsTest {
    private static final List<Frozen> SCHEMAS = List.of(
            new Frozen(
                    "v1",
                    "Observation",
                    "774b4ace7841e005",
                    "628969c51725eb563f2495f2d3057bdd2788fa8e2f896574ca0709408acd367c"),
            new Frozen(
                    "v1",
                    "Score",
                    "3a2b7ac55b6ddf03",
                    "ca5f0e24c80612b0f7c984b121a65e3f49112ac4a580d38a89310d3ec37a11b9"),
            new Frozen(
                    "v1",
                    "ModelRelease",
                    "78a44548119792d0",
                    "eea2e5266fe8add346378cfa6aa02074f6231ceb1da1cf9bbfe8db591a385b42"),
            new Frozen(
                    "v1",
                    "Rejected",
                    "992942f35d4271ce",
                    "1acd8219cce8484861c6a6d86322f9195e87a15298fb6060de677760813c85c0"),
            new Frozen(
                    "v2",
                    "Score",
                    "d8e3a4deef4ced13",
                    "11325548be4f2820414924e00fa854a174ef03cbe3616982660e8da534f7f2eb"),
            new Frozen(
                    "v2",
                    "Incident",
                    "7c1f1fbcc3202b48",
                    "9ec5d1555090deb3b0208a6e762a3eb43949544f256e887e28a078073d6bfa8a"),
            new Frozen(
                    "v2",
                    "Feedback",
                    "f8cd1685c15b75bd",
                    "d896bf84ce0de1646b1b4dc4cfe4804e2466f1cdde13897cda4fa0ebd03be148"),
            new Frozen(
                    "v3",
                    "Score",
                    "4228da82368b52a4",
                    "aead7568549c5f867f7043a8beace9533abf28f684d47b75f247790eadcdc8d3"),
            new Frozen(
                    "v4",
                    "Score",
                    "b4abbb33e1891320",
                    "3054657d80178d2d2db01cfbbefff2991a14f6908591d671b04fb4599a7ddba4"),
            new Frozen(
                    "v4",
                    "Incident",
                    "e3f3484e1ea50e0c",
                    "6ec42609ccdf15e35e50573d5b7a529e995595c85f9a4cf3640634193d903b8f"),
            new Frozen(
                    "v5",
                    "Score",
                    "b05bc662cb46eeaa",
                    "76a8c713039cc12eea5440807c42ef4191bf31da772907802c5de1c94b552952"),
            new Frozen(
                    "v5",
                    "Incident",
                    "8c557dc1ef594b7a",
                    "d56de08fd0458f4aadafec5614395b7552cab6f7e33be191b62f1197499b470a"),
            new Frozen(
                    "v5",
                    "ModelRelease",
                    "2ece0956ec25447e",
                    "a325f210ab0f5530a2708dfdf8d3a9ede40e907d733597f525411a27762e71b2"),
            new Frozen(
                    "v5",
                    "PromotionDecision",
                    "1093438b7420f29a",
                    "726e12a2d440f536d555a33af9986fc093430ec45251b2b7dd4e3992b0cef2c5"),
            new Frozen(
                    "v5",
                    "TrainingRun",
                    "d38aaf55c52c2255",
                    "158b7a76005ef0584ad20e87957969931eb2d886c3117a2b2fcb5c74d089b3c5"),
            new Frozen(
                    "v5",
                    "TrainingRequest",
                    "cb868806d8cf2cd8",
                    "7f5d40031dd263b85f6e79c15a9943e2725b97f439d6cb8ad880c21ce6f680ff"),
            new Frozen(
                    "v6",
                    "Score",
                    "72ca1ba496885caa",
                    "0b70e76021a20960abcf22c9828df4a9364783ee1c12655faeb6cee615b81b0c"),
            new Frozen(
                    "v6",
                    "PromotionDecision",
                    "c1211df8ab420b45",
                    "82845ceb789a1dc60e58de867b5442c49260bd75fdfe1fa5ee36ac97c2649230"),
            new Frozen(
                    "v6",
                    "ShadowComparison",
                    "32a9f4c1497b04a3",
                    "45bfb7f54a3e1dccf0022d4165b2dff646cb6ba8d4f749fc04a38aae737648da"),
            new Frozen(
                    "v7",
                    "Score",
                    "e07d3b5143d1b561",
                    "e13d4126345a55f552de0d78fd513f6fecc24df41d1fd5d14f6ef3313efc8f0e"));

    /** The fingerprint leaves out defaults and logical types, so the file's own hash stands beside it. */
    private record Frozen(String version, String name, String fingerprint, String sha256) {}

    @TestFactory
    Stream<DynamicTest> theFilesOfReleasedSchemasDoNotChange() {
        return SCHEMAS.stream()
                .map(frozen -> DynamicTest.dynamicTest(frozen.version() + "/" + frozen.name(), () -> {
                    long found = SchemaStore.fingerprint(SchemaStore.released(frozen.version(), frozen.name()));
                    assertThat(HexFormat.of().toHexDigits(found))
                            .as("fingerprint; a changed schema needs a new version")
                            .isEqualTo(frozen.fingerprint());
                    assertThat(SchemaStore.released().find(found)).isNotNull();
                    byte[] file = resource(frozen.version() + "/" + frozen.name() + ".avsc");
                    byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
                    assertThat(HexFormat.of().formatHex(hash))
                            .as("SHA-256 of the file; a changed schema needs a new version")
                            .isEqualTo(frozen.sha256());
                }));
    }

    @TestFactory
    Stream<DynamicTest> theirBytesStayReadable() {
        return Stream.of(
                stays(
                        "v1/Observation-positional",
                        new ObservationCodec(),
                        EarlierRecords.observation(EarlierRecords.positional())),
                stays(
                        "v1/Observation-named",
                        new ObservationCodec(),
                        EarlierRecords.observation(EarlierRecords.named())),
                stays("v1/Score-anomalous", new ScoreCodec(), EarlierRecords.anomalous()),
                stays(
                        "v1/Score-unscored",
                        new ScoreCodec(),
                        Score.unscored("fleet", "host-7", 1_700_000_000_123L, 3, 42, UnscoredReason.LATE)),
                stays("v2/Score-suppressed", new ScoreCodec(), EarlierRecords.suppressed()),
                stays("v3/Score-stuck", new ScoreCodec(), EarlierRecords.stuck()),
                stays("v4/Score-shape", new ScoreCodec(), EarlierRecords.shape(null)),
                stays("v4/Incident-shape", new IncidentCodec(), EarlierRecords.shapeIncident()),
                stays("v2/Incident", new IncidentCodec(), EarlierRecords.incident()),
                stays("v2/Incident-group", new IncidentCodec(), EarlierRecords.group()),
                stays(
                        "v2/Feedback",
                        new FeedbackCodec(),
                        new Feedback("ab12", FeedbackVerdict.DISMISSED, 1_700_000_000_999L, "κατερίνα", null)),
                stays("v1/ModelRelease", new ModelReleaseCodec(), EarlierRecords.release()),
                stays("v1/Rejected", new RejectedCodec(), EarlierRecords.rejected()),
                stays("v5/Score-model", new ScoreCodec(), FifthVersionRecords.score()),
                stays("v5/Incident-model", new IncidentCodec(), FifthVersionRecords.incident()),
                stays("v5/ModelRelease-withdrawn", new ModelReleaseCodec(), FifthVersionRecords.release()),
                stays("v5/PromotionDecision-refused", new PromotionDecisionCodec(), FifthVersionRecords.refused()),
                stays("v5/PromotionDecision-withdrawn", new PromotionDecisionCodec(), FifthVersionRecords.withdrawn()),
                stays("v5/TrainingRun", new TrainingRunCodec(), FifthVersionRecords.training()),
                stays("v5/TrainingRequest", new TrainingRequestCodec(), FifthVersionRecords.request()),
                stays("v6/Score-shadow", new ScoreCodec(), SixthVersionRecords.score()),
                stays("v7/Score-schedule", new ScoreCodec(), SeventhVersionRecords.score()),
                stays("v6/PromotionDecision-shadowed", new PromotionDecisionCodec(), SixthVersionRecords.shadowed()),
                stays("v6/ShadowComparison", new ShadowComparisonCodec(), SixthVersionRecords.shadow()));
    }

    private static <T> DynamicTest stays(String name, RecordCodec<T> codec, T expected) {
        return DynamicTest.dynamicTest(name, () -> {
            assertThat(codec.decode(fixture(name))).isEqualTo(expected);
            if (SchemaStore.fingerprint(codec.schema()) == fingerprint(fixture(name)) && !isMap(expected)) {
                assertThat(codec.encode(expected)).as("bytes written").isEqualTo(fixture(name));
            }
        });
    }

    private static long fingerprint(byte[] record) {
        return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** Whether the record holds a map whose entries may be written in any order. */
    private static boolean isMap(Object expected) {
        return expected instanceof Observation observation && observation.features() instanceof Features.Named;
    }

    private static byte[] fixture(String name) throws IOException {
        String hex = new String(resource(name + ".hex"), StandardCharsets.US_ASCII);
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = FrozenVersionsTest.class.getResourceAsStream(name)) {
            assertThat(in).as("resource %s", name).isNotNull();
            return in.readAllBytes();
        }
    }
}
