package dev.noether.flink.scoring;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The resources that the scoring operator requests from Flink: none, or GPUs. With GPUs the operator and its successors
 * run in a slot sharing group of their own. Without, they share slots with the operators before them.
 *
 * <p>Three rules of Flink's fine-grained resource management apply. A request for GPUs must also name CPU cores and
 * heap. A slot sharing group without a request gets an equal share of <em>all</em> resources of a task manager, and so
 * a part of a GPU; therefore the default group makes a request, too. Each scoring subtask has its GPUs alone, so the
 * parallelism of the scoring operator cannot exceed the number of GPUs in the cluster.
 *
 * @param gpus number of GPUs for each subtask of the scoring operator; 0 for none
 * @param cpuCores CPU cores of a slot, in the scoring group and in the default group
 * @param taskHeap heap of a slot, in the scoring group and in the default group
 */
public record ScoringResources(int gpus, double cpuCores, MemorySize taskHeap) {
    /** The environment variable with the number of GPUs for each scoring subtask. If it is not set, there are none. */
    public static final String GPU_VARIABLE = "NOETHER_GPU";

    /** The name of the slot sharing group of scoring subtasks with GPUs. */
    public static final String GROUP = "gpu-scoring";

    private static final String DEFAULT_GROUP = "default";

    // Small, so that every task manager has them. Flink counts these resources, but does not limit their use.
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

    /** Returns a request for a number of GPUs for each scoring subtask; 0 requests nothing. */
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

    /** Returns the slot sharing group that requests the GPUs; empty if no GPU is requested. */
    public Optional<SlotSharingGroup> slotSharingGroup() {
        if (gpus == 0) {
            return Optional.empty();
        }
        return Optional.of(
                named(GROUP).setExternalResource(SubtaskGpu.RESOURCE, gpus).build());
    }

    /**
     * Puts the scoring operator into the slot sharing group with GPUs, or leaves it in its group if no GPU is
     * requested. To be called once for a job, before the next operators are added: they join the same group.
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
