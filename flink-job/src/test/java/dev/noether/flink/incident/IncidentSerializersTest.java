package dev.noether.flink.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.incident.IncidentSignal.FlowState;
import dev.noether.flink.incident.IncidentSignal.IncidentReport;
import dev.noether.incident.tracker.EntityTrack;
import dev.noether.schemas.Incident;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class IncidentSerializersTest {
    @Test
    void aSignalIsReadAsItWasWritten() throws Exception {
        List<Incident> reports;
        try (IncidentHarness harness = new IncidentHarness(TestingScores.config(), null)) {
            harness.send(TestingScores.anomalous("κόμβος", 5, 6));
            reports = harness.reports();
        }
        IncidentSignalSerializer serializer = new IncidentSignalSerializer();
        for (IncidentSignal signal : List.of(
                new IncidentReport(reports.get(0)),
                new FlowState(3, 7, true, Long.MIN_VALUE),
                new IncidentSignal.FeatureState(1, 2, "cpu", true, 5))) {
            DataOutputSerializer target = new DataOutputSerializer(16);
            serializer.serialize(signal, target);
            DataOutputSerializer copied = new DataOutputSerializer(16);
            serializer.copy(new DataInputDeserializer(target.getCopyOfBuffer()), copied);
            assertThat(serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer())))
                    .isEqualTo(signal);
        }
    }

    @Test
    void theStateOfAnEntityHasTheDocumentedSize() throws Exception {
        DataOutputSerializer target = new DataOutputSerializer(16);
        EntityTrackSerializer.INSTANCE.serialize(new EntityTrack(), target);
        assertThat(target.length()).isEqualTo(EntityTrack.QUIET_BYTES);
        DataOutputSerializer copied = new DataOutputSerializer(16);
        EntityTrackSerializer.INSTANCE.copy(new DataInputDeserializer(target.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(target.getCopyOfBuffer());
    }
}
