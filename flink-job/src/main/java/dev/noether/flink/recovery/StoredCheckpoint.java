package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/**
 * A checkpoint or savepoint on a local disk whose files have been checked. Immutable.
 *
 * @param folder its folder
 * @param number its number
 * @param offsets offset of the next observation, by partition of the observations topic
 */
public record StoredCheckpoint(Path folder, long number, Map<Integer, Long> offsets) {
    /** Name of the file that lists all others. */
    public static final String METADATA = "_metadata";

    /** Name of the state in which Flink's sources keep their partitions. */
    private static final String SPLITS = "SourceReaderState";

    /**
     * Reads the metadata of a checkpoint and checks that the files that it names exist with their full length.
     *
     * @throws DamagedCheckpointException if the metadata cannot be read or a file is missing or cut
     */
    public static StoredCheckpoint open(Path folder, DetectorConfig config) throws DamagedCheckpointException {
        CheckpointMetadata metadata = check(folder);
        Map<Integer, Long> offsets = new TreeMap<>();
        try {
            for (OperatorState operator : metadata.getOperatorStates()) {
                for (OperatorSubtaskState subtask : operator.getStates()) {
                    for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                        readSplits(handle, config.topics().observations(), offsets);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new DamagedCheckpointException(folder, "the positions in Kafka cannot be read: " + e, e);
        }
        return new StoredCheckpoint(folder, metadata.getCheckpointId(), Map.copyOf(offsets));
    }

    /**
     * Checks a checkpoint without reading positions.
     *
     * @throws DamagedCheckpointException if the metadata cannot be read or a file is missing or cut
     */
    public static CheckpointMetadata check(Path folder) throws DamagedCheckpointException {
        Path file = folder.resolve(METADATA);
        CheckpointMetadata metadata;
        try (DataInputStream source = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            metadata = Checkpoints.loadCheckpointMetadata(
                    source,
                    StoredCheckpoint.class.getClassLoader(),
                    folder.toUri().toString());
        } catch (IOException | RuntimeException e) {
            throw new DamagedCheckpointException(folder, METADATA + " cannot be read: " + e, e);
        }
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState subtask : operator.getStates()) {
                for (StreamStateHandle handle : (Iterable<StreamStateHandle>) handles(subtask)::iterator) {
                    checkFile(folder, handle);
                }
            }
        }
        return metadata;
    }

    /** Whether a job that starts here reads the observation at each of these offsets, by partition. */
    public boolean isBefore(Map<Integer, Long> first) {
        return first.entrySet().stream()
                .allMatch(partition -> offsets.getOrDefault(partition.getKey(), 0L) <= partition.getValue());
    }

    /** Whether a job that starts here has read every observation before these offsets, by partition. */
    public boolean isBehind(Map<Integer, Long> upTo) {
        return upTo.entrySet().stream()
                .allMatch(partition -> offsets.getOrDefault(partition.getKey(), 0L) >= partition.getValue());
    }

    private static void checkFile(Path folder, StreamStateHandle handle) throws DamagedCheckpointException {
        if (!(handle instanceof FileStateHandle state)
                || !"file".equals(state.getFilePath().toUri().getScheme())) {
            return;
        }
        Path file = Path.of(state.getFilePath().toUri().getPath());
        try {
            long bytes = Files.size(file);
            if (bytes < state.getStateSize()) {
                throw new DamagedCheckpointException(
                        folder, file + " has " + bytes + " of " + state.getStateSize() + " bytes", null);
            }
        } catch (IOException e) {
            throw new DamagedCheckpointException(folder, file + " does not exist", e);
        }
    }

    private static Stream<StreamStateHandle> handles(OperatorSubtaskState subtask) {
        List<StreamStateHandle> handles = new ArrayList<>();
        addOperator(subtask.getManagedOperatorState(), handles);
        addOperator(subtask.getRawOperatorState(), handles);
        addKeyed(subtask.getManagedKeyedState(), handles);
        addKeyed(subtask.getRawKeyedState(), handles);
        return handles.stream();
    }

    private static void addOperator(Collection<OperatorStateHandle> states, List<StreamStateHandle> handles) {
        states.forEach(state -> handles.add(state.getDelegateStateHandle()));
    }

    private static void addKeyed(Collection<KeyedStateHandle> states, List<StreamStateHandle> handles) {
        for (KeyedStateHandle state : states) {
            if (state instanceof KeyGroupsStateHandle groups) {
                handles.add(groups.getDelegateStateHandle());
            } else if (state instanceof IncrementalRemoteKeyedStateHandle incremental) {
                handles.add(incremental.getMetaDataStateHandle());
                incremental.getSharedState().forEach(shared -> handles.add(shared.getHandle()));
                incremental.getPrivateState().forEach(own -> handles.add(own.getHandle()));
            }
        }
    }

    private static void readSplits(OperatorStateHandle handle, String topic, Map<Integer, Long> offsets)
            throws IOException {
        OperatorStateHandle.StateMetaInfo splits =
                handle.getStateNameToPartitionOffsets().get(SPLITS);
        if (splits == null) {
            return;
        }
        try (FSDataInputStream stream = handle.openInputStream()) {
            for (long offset : splits.getOffsets()) {
                stream.seek(offset);
                byte[] bytes =
                        BytePrimitiveArraySerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(stream));
                KafkaPartitionSplit split = SimpleVersionedSerialization.readVersionAndDeSerialize(
                        new KafkaPartitionSplitSerializer(), bytes);
                if (split.getTopic().equals(topic) && split.getStartingOffset() >= 0) {
                    offsets.put(split.getPartition(), split.getStartingOffset());
                }
            }
        }
    }
}
