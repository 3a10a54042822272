package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class RejectionRoutingFunctionTest {
    @Test
    void passesRowsOnAndRejectedRecordsAside() throws Exception {
        ObservationRow row = new ObservationRow("host-7", 5, 0, 1, new float[] {1});
        Rejected rejected = new Rejected("t", 0, 2, 99, RejectionReason.EMPTY, "", null, null, -1);
        try (OneInputStreamOperatorTestHarness<IngestResult, ObservationRow> harness =
                ProcessFunctionTestHarnesses.forProcessFunction(new RejectionRoutingFunction())) {
            harness.processElement(row, 5);
            harness.processElement(new RejectedRecord(rejected), 99);
            assertThat(harness.getOutput()).containsExactly(new StreamRecord<>(row, 5));
            assertThat(harness.getSideOutput(RejectionRoutingFunction.REJECTED))
                    .containsExactly(new StreamRecord<>(rejected, 99));
        }
    }
}
