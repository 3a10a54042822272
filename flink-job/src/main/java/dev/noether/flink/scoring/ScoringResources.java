package dev.noether.flink.scoring;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What the scoring operator asks of a slot: nothing in particular, or GPUs. Only where GPUs are asked for does the operator
 * leave the slot that it shares with what comes before it; what follows it stays with it.
 *
 * <p>Three rules of Flink's fine-grained resource management stand behind this. A request for GPUs must name cores and heap
 * too. A slot sharing group that names nothing gets an equal share of <em>everything</em> a task manager has, GPUs included,
 * and half a GPU is then missing for the scorer: so the default group names its share as well. And each scoring subtask
 * takes its GPUs for itself: the scorer's parallelism cannot exceed the number of GPUs in the cluster.
 *
 * @param gpus asked for by each subtask of the scoring operator; 0 for none
 * @param cpuCores of a slot, both of the scoring group and of the default group
 * @param taskHeap of a slot, both of the scoring group and of the default group
 */
public record ScoringResources(int gpus, double cpuCores, MemorySize taskHeap) {
    /** The environment variable with the number of GPUs for each scoring subtask; not set: none. */
    public static final String GPU_VARIABLE = "NOETHER_GPU";

    /** The name of the slot sharing group of scoring subtasks that asked for GPUs. */
    public static final String GROUP = "gpu-scoring";

    private static final String DEFAULT_GROUP = "default";

    // Small, so that any task manager can give them: Flink counts them, and holds nobody to them.
    private static final double CPU_CORES = 0.5;
    private static final MemorySize TASK_HEAP = MemorySize.ofMebiBytes(256);

    public ScoringResources {
        if (gpus < 0) {
            throw new IllegalArgumentException("`gpus` must not be negative (got " + gpus + ")");
        }
        if (!(cpuCores > 0)) {
            throw new IllegalArgumentException("`cpuCores` must be above 0 (got " + cpuCores + ")");
        }
    }

    /** Asks for so many GPUs (0: for nothing) for each scoring subtask. */
    public static ScoringResources ofGpus(int gpus) {
        return new ScoringResources(gpus, CPU_CORES, TASK_HEAP);
    }

    /**
     * Reads {@value #GPU_VARIABLE}.
     *
     * @throws IllegalArgumentException if it is not a number from 0 on
     */
    public static ScoringResources fromEnvironment(Map<String, String> environment) {
        String gpus = environment.getOrDefault(GPU_VARIABLE, "0").strip();
        if (!gpus.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("`" + GPU_VARIABLE + "` must be a number of GPUs (got " + gpus + ")");
        }
        return ofGpus(Integer.parseInt(gpus));
    }

    /** The slot sharing group that asks for the GPUs; empty where none are asked for. */
    public Optional<SlotSharingGroup> slotSharingGroup() {
        if (gpus == 0) {
            return Optional.empty();
        }
        return Optional.of(
                named(GROUP).setExternalResource(GpuDevice.RESOURCE, gpus).build());
    }

    /**
     * Puts the scoring operator where it gets its GPUs, or leaves it where it is. To be called once for a job, before the
     * operators that follow it are added: they join its group.
     *
     * @return the scoring operator
     */
    public <T> SingleOutputStreamOperator<T> request(
            StreamExecutionEnvironment environment, SingleOutputStreamOperator<T> scoring) {
        return slotSharingGroup()
                .map(group -> {
                    environment.registerSlotSharingGroup(named(DEFAULT_GROUP).build());
                    return scoring.slotSharingGroup(group);
                })
                .orElse(scoring);
    }

    private SlotSharingGroup.Builder named(String name) {
        return SlotSharingGroup.newBuilder(name).setCpuCores(cpuCores).setTaskHeapMemory(taskHeap);
    }
}
