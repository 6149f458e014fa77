package org.finchnas.searchspace.notation;

/** Facts typed from the public sources of other tools, in their own notation. */
final class PublishedTexts {

  /** quark0/darts cnn/genotypes.py. */
  static final String DARTS_V1 =
      "Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0),"
          + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('skip_connect', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)],"
          + " reduce_concat=[2, 3, 4, 5])";

  /** quark0/darts cnn/genotypes.py. */
  static final String DARTS_V2 =
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
          + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)],"
          + " reduce_concat=[2, 3, 4, 5])";

  /**
   * NASNet-A as quark0/darts cnn/genotypes.py has it: the same blocks, concatenating blocks only.
   */
  static final String DARTS_NASNET =
      """
      NASNet = Genotype(
        normal = [
          ('sep_conv_5x5', 1),
          ('sep_conv_3x3', 0),
          ('sep_conv_5x5', 0),
          ('sep_conv_3x3', 0),
          ('avg_pool_3x3', 1),
          ('skip_connect', 0),
          ('avg_pool_3x3', 0),
          ('avg_pool_3x3', 0),
          ('sep_conv_3x3', 1),
          ('skip_connect', 1),
        ],
        normal_concat = [2, 3, 4, 5, 6],
        reduce = [
          ('sep_conv_5x5', 1),
          ('sep_conv_7x7', 0),
          ('max_pool_3x3', 1),
          ('sep_conv_7x7', 0),
          ('avg_pool_3x3', 1),
          ('sep_conv_5x5', 0),
          ('skip_connect', 3),
          ('avg_pool_3x3', 2),
          ('sep_conv_3x3', 2),
          ('max_pool_3x3', 1),
        ],
        reduce_concat = [4, 5, 6],
      )
      """;

  /** slim's nasnet_utils.py. */
  static final String SLIM_NASNET_A =
      """
      normal_operations = ['separable_5x5_2', 'separable_3x3_2', 'separable_5x5_2', \
      'separable_3x3_2', 'avg_pool_3x3', 'none', 'avg_pool_3x3', 'avg_pool_3x3', \
      'separable_3x3_2', 'none']
      normal_hiddenstate_indices = [0, 1, 1, 1, 0, 1, 1, 1, 0, 0]
      normal_used_hiddenstates = [1, 0, 0, 0, 0, 0, 0]
      reduction_operations = ['separable_5x5_2', 'separable_7x7_2', 'max_pool_3x3', \
      'separable_7x7_2', 'avg_pool_3x3', 'separable_5x5_2', 'none', 'avg_pool_3x3', \
      'separable_3x3_2', 'max_pool_3x3']
      reduction_hiddenstate_indices = [0, 1, 0, 1, 0, 1, 3, 2, 2, 0]
      reduction_used_hiddenstates = [1, 1, 1, 0, 0, 0, 0]""";

  /** tensorflow/tpu models/official/amoeba_net/model_specs.py. */
  static final String TPU_AMOEBANET_A =
      """
      normal_operations = ['avg_pool_3x3', 'max_pool_3x3', 'separable_3x3_2', 'none', 'none', \
      'avg_pool_3x3', 'separable_3x3_2', 'separable_5x5_2', 'avg_pool_3x3', 'separable_3x3_2']
      normal_hiddenstate_indices = [0, 0, 1, 1, 0, 1, 0, 2, 5, 0]
      normal_used_hiddenstates = [1, 0, 1, 0, 0, 1, 0]
      reduction_operations = ['separable_3x3_2', 'avg_pool_3x3', 'max_pool_3x3', \
      'separable_7x7_2', 'max_pool_3x3', 'max_pool_3x3', 'separable_3x3_2', '1x7_7x1', \
      'avg_pool_3x3', 'separable_7x7_2']
      reduction_hiddenstate_indices = [1, 0, 0, 2, 1, 0, 4, 0, 1, 0]
      reduction_used_hiddenstates = [1, 1, 0, 0, 0, 0, 0]""";

  /** tensorflow/tpu models/official/amoeba_net/model_specs.py. */
  static final String TPU_AMOEBANET_B =
      """
      normal_operations = ['1x1', 'max_pool_3x3', 'none', 'separable_3x3_2', '1x1', \
      'separable_3x3_2', '1x1', 'none', 'avg_pool_3x3', '1x1']
      normal_hiddenstate_indices = [1, 1, 1, 0, 1, 0, 2, 2, 1, 5]
      normal_used_hiddenstates = [0, 1, 1, 0, 0, 1, 0]
      reduction_operations = ['max_pool_2x2', 'max_pool_3x3', 'none', '3x3', \
      'dil_2_separable_5x5_2', 'max_pool_3x3', 'none', 'separable_3x3_2', 'avg_pool_3x3', '1x1']
      reduction_hiddenstate_indices = [0, 0, 2, 1, 2, 2, 3, 1, 4, 3]
      reduction_used_hiddenstates = [1, 1, 1, 1, 1, 0, 0]""";

  /** tensorflow/tpu models/official/amoeba_net/model_specs.py. */
  static final String TPU_AMOEBANET_C =
      """
      normal_operations = ['avg_pool_3x3', 'separable_3x3_2', 'none', 'separable_3x3_2', \
      'avg_pool_3x3', 'separable_3x3_2', 'none', 'separable_3x3_2', 'avg_pool_3x3', \
      'separable_3x3_2']
      normal_hiddenstate_indices = [0, 0, 0, 0, 2, 1, 0, 1, 3, 0]
      normal_used_hiddenstates = [1, 0, 0, 1, 0, 0, 0]
      reduction_operations = ['max_pool_3x3', 'max_pool_3x3', 'separable_7x7_2', \
      'separable_3x3_2', 'separable_7x7_2', 'max_pool_3x3', 'separable_5x5_2', \
      'separable_5x5_2', 'max_pool_3x3', 'separable_3x3_2']
      reduction_hiddenstate_indices = [0, 0, 2, 0, 0, 1, 4, 4, 1, 1]
      reduction_used_hiddenstates = [0, 1, 0, 0, 0, 0, 0]""";

  /** tensorflow/tpu models/official/amoeba_net/model_specs.py. */
  static final String TPU_AMOEBANET_D =
      """
      normal_operations = ['1x1', 'max_pool_3x3', 'none', '1x7_7x1', '1x1', '1x7_7x1', \
      'max_pool_3x3', 'none', 'avg_pool_3x3', '1x1']
      normal_hiddenstate_indices = [1, 1, 1, 0, 0, 0, 2, 2, 1, 5]
      normal_used_hiddenstates = [0, 1, 1, 0, 0, 1, 0]
      reduction_operations = ['max_pool_2x2', 'max_pool_3x3', 'none', '3x3', '1x7_7x1', \
      'max_pool_3x3', 'none', 'max_pool_2x2', 'avg_pool_3x3', '1x1']
      reduction_hiddenstate_indices = [0, 0, 2, 1, 2, 2, 3, 1, 2, 3]
      reduction_used_hiddenstates = [1, 1, 1, 1, 0, 0, 0]""";

  /** slim's pnasnet.py, whose one cell serves as both. */
  static final String SLIM_PNASNET_5 =
      """
      normal_operations = ['separable_5x5_2', 'max_pool_3x3', 'separable_7x7_2', 'max_pool_3x3', \
      'separable_5x5_2', 'separable_3x3_2', 'separable_3x3_2', 'max_pool_3x3', \
      'separable_3x3_2', 'none']
      normal_hiddenstate_indices = [1, 1, 0, 0, 0, 0, 4, 0, 1, 0]
      normal_used_hiddenstates = [1, 1, 0, 0, 0, 0, 0]
      reduction_operations = ['separable_5x5_2', 'max_pool_3x3', 'separable_7x7_2', \
      'max_pool_3x3', 'separable_5x5_2', 'separable_3x3_2', 'separable_3x3_2', 'max_pool_3x3', \
      'separable_3x3_2', 'none']
      reduction_hiddenstate_indices = [1, 1, 0, 0, 0, 0, 4, 0, 1, 0]
      reduction_used_hiddenstates = [1, 1, 0, 0, 0, 0, 0]""";

  /** The searched model darts-v2 of NNI's hub (nasnet.py, NNI 3.0), as Python has it. */
  static final String NNI_DARTS_V2 =
      """
      arch = {
        'normal/op_2_0': 'sep_conv_3x3', 'normal/op_2_1': 'sep_conv_3x3',
        'normal/input_2_0': [0], 'normal/input_2_1': [1],
        'normal/op_3_0': 'sep_conv_3x3', 'normal/op_3_1': 'sep_conv_3x3',
        'normal/input_3_0': [0], 'normal/input_3_1': [1],
        'normal/op_4_0': 'sep_conv_3x3', 'normal/op_4_1': 'skip_connect',
        'normal/input_4_0': [1], 'normal/input_4_1': [0],
        'normal/op_5_0': 'skip_connect', 'normal/op_5_1': 'dil_conv_3x3',
        'normal/input_5_0': [0], 'normal/input_5_1': [2],
        'reduce/op_2_0': 'max_pool_3x3', 'reduce/op_2_1': 'max_pool_3x3',
        'reduce/input_2_0': [0], 'reduce/input_2_1': [1],
        'reduce/op_3_0': 'skip_connect', 'reduce/op_3_1': 'max_pool_3x3',
        'reduce/input_3_0': [2], 'reduce/input_3_1': [1],
        'reduce/op_4_0': 'max_pool_3x3', 'reduce/op_4_1': 'skip_connect',
        'reduce/input_4_0': [0], 'reduce/input_4_1': [2],
        'reduce/op_5_0': 'skip_connect', 'reduce/op_5_1': 'max_pool_3x3',
        'reduce/input_5_0': [2], 'reduce/input_5_1': [1]
      }
      """;

  /**
   * A sample of the NASNet space in NNI's tests (test_space_hub), with inputs as NNI 2 has them.
   */
  static final String NNI_NASNET_SAMPLE =
      """
      {
        "width": 32, "depth": 8,
        "normal/op_2_0": "max_pool_7x7", "normal/op_2_1": "conv_1x1",
        "normal/op_3_0": "sep_conv_5x5", "normal/op_3_1": "max_pool_7x7",
        "normal/op_4_0": "sep_conv_5x5", "normal/op_4_1": "conv_1x1",
        "normal/op_5_0": "max_pool_3x3", "normal/op_5_1": "sep_conv_5x5",
        "normal/op_6_0": "max_pool_7x7", "normal/op_6_1": "sep_conv_5x5",
        "normal/input_2_0": 0, "normal/input_2_1": 0,
        "normal/input_3_0": 0, "normal/input_3_1": 1,
        "normal/input_4_0": 1, "normal/input_4_1": 2,
        "normal/input_5_0": 0, "normal/input_5_1": 1,
        "normal/input_6_0": 0, "normal/input_6_1": 2,
        "reduce/op_2_0": "dil_conv_3x3", "reduce/op_2_1": "max_pool_7x7",
        "reduce/op_3_0": "dil_conv_3x3", "reduce/op_3_1": "dil_conv_3x3",
        "reduce/op_4_0": "conv_7x1_1x7", "reduce/op_4_1": "conv_7x1_1x7",
        "reduce/op_5_0": "max_pool_3x3", "reduce/op_5_1": "conv_1x1",
        "reduce/op_6_0": "sep_conv_7x7", "reduce/op_6_1": "sep_conv_3x3",
        "reduce/input_2_0": 1, "reduce/input_2_1": 1,
        "reduce/input_3_0": 0, "reduce/input_3_1": 1,
        "reduce/input_4_0": 2, "reduce/input_4_1": 1,
        "reduce/input_5_0": 0, "reduce/input_5_1": 4,
        "reduce/input_6_0": 3, "reduce/input_6_1": 3
      }
      """;

  private PublishedTexts() {}
}
