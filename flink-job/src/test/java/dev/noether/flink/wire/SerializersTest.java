package dev.noether.flink.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Contribution;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flink's own contract of serializers, for each of ours. */
class SerializersTest {
    private static final ObservationRow[] ROWS = {
        new ObservationRow("host-7", 1_700_000_000_123L, 3, 42, new float[] {1, -0f, Float.MIN_VALUE}),
        new ObservationRow("", Long.MIN_VALUE, -1, Long.MAX_VALUE, new float[0]),
        new ObservationRow("κόμβος-😀", 0, 0, 0, new float[512])
    };
    private static final Rejected[] REJECTED = {
        new Rejected("t", 3, 42, 1, RejectionReason.NOT_FINITE, "cpu is NaN", new byte[] {1}, new byte[] {2, 3}, 2),
        new Rejected("t", 0, 0, -1, RejectionReason.EMPTY, "", null, null, -1)
    };

    static Stream<TypeInformation<?>> types() {
        return Stream.of(
                WireTypes.OBSERVATION_ROW,
                WireTypes.INGEST_RESULT,
                WireTypes.SCORE,
                WireTypes.REJECTED,
                WireTypes.INCIDENT,
                WireTypes.MODEL_RELEASE);
    }

    @Test
    void flinkFindsTheTypeOfARowByItself() {
        assertThat(TypeExtractor.getForClass(ObservationRow.class)).isEqualTo(WireTypes.OBSERVATION_ROW);
    }

    @ParameterizedTest
    @MethodSource("types")
    void typesAreDistinctAndNotKryos(TypeInformation<?> type) {
        assertThat(type).isNotInstanceOf(GenericTypeInfo.class);
        assertThat(type.isKeyType()).isFalse();
        assertThat(types().filter(type::equals)).hasSize(1);
        assertThat(type.createSerializer(new SerializerConfigImpl()).isImmutableType())
                .isTrue();
    }

    private abstract static class Contract<T> extends SerializerTestBase<T> {
        private final TypeInformation<T> type;
        private final T[] values;

        @SafeVarargs
        Contract(TypeInformation<T> type, T... values) {
            this.type = type;
            this.values = values;
        }

        @Override
        protected TypeSerializer<T> createSerializer() {
            return type.createSerializer(new SerializerConfigImpl());
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<T> getTypeClass() {
            return type.getTypeClass();
        }

        @Override
        protected T[] getTestData() {
            return values.clone();
        }
    }

    @Nested
    class OfRows extends Contract<ObservationRow> {
        OfRows() {
            super(WireTypes.OBSERVATION_ROW, ROWS);
        }
    }

    @Nested
    class OfRejected extends Contract<Rejected> {
        OfRejected() {
            super(WireTypes.REJECTED, REJECTED);
        }
    }

    @Nested
    class OfIngestResults extends Contract<IngestResult> {
        OfIngestResults() {
            super(
                    WireTypes.INGEST_RESULT,
                    ROWS[0],
                    new RejectedRecord(REJECTED[0]),
                    ROWS[2],
                    new RejectedRecord(REJECTED[1]));
        }
    }

    @Nested
    class OfScores extends Contract<Score> {
        OfScores() {
            super(
                    WireTypes.SCORE,
                    Score.unscored("fleet", "host-7", 5, 1, 2, UnscoredReason.WARM_UP),
                    new Score(
                            "fleet",
                            "host-7",
                            1,
                            5,
                            1,
                            2,
                            Verdict.ANOMALOUS,
                            null,
                            7.5,
                            Double.NaN,
                            3,
                            List.of(new Contribution("cpu", 1, 99, 12)),
                            List.of("disk"),
                            4));
        }
    }

    @Nested
    class OfReleases extends Contract<ModelRelease> {
        OfReleases() {
            super(
                    WireTypes.MODEL_RELEASE,
                    new ModelRelease(
                            "fleet",
                            1,
                            new ReleasedArtifact("s3://b/1", "ab", 10),
                            -5,
                            7,
                            ReleaseStage.CHAMPION,
                            8,
                            new ReleaseCalibration(0.999, 3.5, 1000),
                            Map.of("seed", "1")));
        }
    }
}
