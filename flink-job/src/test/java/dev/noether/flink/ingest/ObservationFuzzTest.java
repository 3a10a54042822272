package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.testing.Fuzz;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a record contains, it becomes one row or one rejected record, soon. */
@Timeout(100)
class ObservationFuzzTest extends RandomizedTest {
    private static final int RECORDS = 100_000;
    private static final long NOW = 1_700_000_000_000L;
    private static final FeatureSchema FEATURES = new FeatureSchema(List.of("cpu", "memory", "disk"));

    @Test
    void aMutatedRecordBecomesOneRowOrOneRejectedRecord() {
        ObservationDeserializer deserializer =
                new ObservationDeserializer(DetectorConfig.withDefaults("fleet", FEATURES));
        ObservationCodec codec = new ObservationCodec();
        Features positional = new Features.Positional(FEATURES.fingerprint(), new float[] {1, 2, 3});
        Features named = new Features.Named(Map.of("cpu", 1f, "memory", 2f, "disk", 3f));
        byte[][] originals = {
            codec.encode(new Observation("host-7", NOW, positional)),
            codec.encode(new Observation("host-7", NOW, named))
        };
        Fuzz fuzz = new Fuzz(random());
        int rows = 0;
        int records = Fuzz.cases(RECORDS);
        for (int i = 0; i < records; i++) {
            byte[] bytes = fuzz.bytes(originals[i % 2]);
            List<IngestResult> results = new ArrayList<>(1);
            deserializer.deserialize(new ConsumerRecord<>("observations", 3, i, null, bytes), new Results(results));
            assertThat(results).hasSize(1);
            IngestResult result = results.get(0);
            if (result instanceof ObservationRow row) {
                rows++;
                assertThat(row.values()).hasSize(3);
                assertThat(row.entity()).isNotBlank();
            } else {
                RejectedRecord rejected = (RejectedRecord) result;
                assertThat(rejected.rejected().error()).isNotBlank().doesNotContain("decoding failed");
                assertThat(rejected.rejected().offset()).isEqualTo(i);
            }
        }
        assertThat(rows).isBetween(records / 1000, records * 9 / 10);
    }

    private record Results(List<IngestResult> list) implements Collector<IngestResult> {
        @Override
        public void collect(IngestResult result) {
            list.add(result);
        }

        @Override
        public void close() {}
    }
}
