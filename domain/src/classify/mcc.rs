//! Merchant category codes (ISO 18245) and where they are filed.
//!
//! The codes are those of a public-domain list (<https://github.com/greggles/mcc-codes>).
use crate::category::Category;

/// Where a code is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodedCategory {
    /// the category
    pub category: Category,
    /// whether nobody would file it elsewhere
    pub clear: bool,
}

/// The category of a merchant category code. A code that is on no list is miscellaneous, and not clear; none for what is no
/// code of four digits.
pub fn category_of_code(code: &str) -> Option<CodedCategory> {
    if code.len() != 4 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code: u16 = code.parse().ok()?;
    let run = RUNS[..RUNS.partition_point(|run| run.0 <= code)].last().filter(|run| code <= run.1);
    let unknown = CodedCategory { category: Category::Miscellaneous, clear: false };
    Some(run.map_or(unknown, |run| CodedCategory { category: run.2, clear: run.3 }))
}

use Category::{Entertainment, Food, Healthcare, Housing, Investments, Miscellaneous, Transportation, Utilities};

/// First and last code, category, whether it is clear; in order.
#[rustfmt::skip]
const RUNS: [(u16, u16, Category, bool); 224] = [
    (742, 742, Miscellaneous, true), (763, 763, Miscellaneous, true), (780, 780, Housing, true),
    (1520, 1520, Housing, true), (1711, 1711, Housing, true), (1731, 1731, Housing, true),
    (1740, 1740, Housing, true), (1750, 1750, Housing, true), (1761, 1761, Housing, true),
    (1771, 1771, Housing, true), (1799, 1799, Housing, false), (2741, 2741, Miscellaneous, true),
    (2791, 2791, Miscellaneous, true), (2842, 2842, Miscellaneous, true), (3000, 3299, Transportation, true),
    (3351, 3441, Transportation, true), (3501, 3790, Entertainment, false), (3816, 3816, Entertainment, false),
    (3835, 3835, Entertainment, false), (4011, 4011, Transportation, true), (4111, 4112, Transportation, true),
    (4119, 4119, Healthcare, true), (4121, 4121, Transportation, true), (4131, 4131, Transportation, true),
    (4214, 4214, Housing, true), (4215, 4215, Miscellaneous, true), (4225, 4225, Housing, true),
    (4411, 4411, Entertainment, false), (4457, 4457, Transportation, false), (4468, 4468, Transportation, false),
    (4511, 4511, Transportation, true), (4582, 4582, Transportation, true), (4722, 4723, Entertainment, false),
    (4784, 4784, Transportation, true), (4789, 4789, Transportation, true), (4812, 4812, Utilities, false),
    (4814, 4814, Utilities, true), (4815, 4815, Miscellaneous, true), (4816, 4816, Utilities, false),
    (4821, 4821, Utilities, false), (4829, 4829, Miscellaneous, true), (4899, 4899, Utilities, false),
    (4900, 4900, Utilities, true), (5013, 5013, Transportation, false), (5021, 5021, Miscellaneous, true),
    (5039, 5039, Housing, false), (5044, 5046, Miscellaneous, true), (5047, 5047, Healthcare, false),
    (5051, 5051, Miscellaneous, true), (5065, 5065, Miscellaneous, true), (5072, 5072, Housing, false),
    (5074, 5074, Housing, false), (5085, 5085, Miscellaneous, true), (5094, 5094, Miscellaneous, true),
    (5099, 5099, Miscellaneous, true), (5111, 5111, Miscellaneous, true), (5122, 5122, Healthcare, false),
    (5131, 5131, Miscellaneous, true), (5137, 5137, Miscellaneous, true), (5139, 5139, Miscellaneous, true),
    (5169, 5169, Miscellaneous, true), (5172, 5172, Miscellaneous, true), (5192, 5192, Entertainment, false),
    (5193, 5193, Miscellaneous, true), (5198, 5198, Housing, false), (5199, 5199, Miscellaneous, true),
    (5200, 5200, Housing, true), (5211, 5211, Housing, true), (5231, 5231, Housing, true),
    (5251, 5251, Housing, true), (5261, 5261, Housing, true), (5271, 5271, Housing, true), (5300, 5300, Food, false),
    (5309, 5311, Miscellaneous, true), (5331, 5331, Miscellaneous, true), (5399, 5399, Miscellaneous, true),
    (5411, 5411, Food, true), (5422, 5422, Food, true), (5441, 5441, Food, true), (5451, 5451, Food, true),
    (5462, 5462, Food, true), (5499, 5499, Food, false), (5511, 5511, Transportation, true),
    (5521, 5521, Transportation, true), (5531, 5533, Transportation, true), (5541, 5542, Transportation, true),
    (5551, 5551, Transportation, false), (5561, 5561, Transportation, true), (5571, 5571, Transportation, true),
    (5592, 5592, Transportation, true), (5598, 5599, Transportation, true), (5611, 5611, Miscellaneous, true),
    (5621, 5621, Miscellaneous, true), (5631, 5631, Miscellaneous, true), (5641, 5641, Miscellaneous, true),
    (5651, 5651, Miscellaneous, true), (5655, 5655, Miscellaneous, true), (5661, 5661, Miscellaneous, true),
    (5681, 5681, Miscellaneous, true), (5691, 5691, Miscellaneous, true), (5697, 5699, Miscellaneous, true),
    (5712, 5714, Housing, true), (5718, 5719, Housing, true), (5722, 5722, Housing, true),
    (5732, 5732, Miscellaneous, true), (5733, 5733, Entertainment, true), (5734, 5734, Miscellaneous, true),
    (5735, 5735, Entertainment, true), (5811, 5814, Food, true), (5815, 5816, Entertainment, true),
    (5817, 5817, Entertainment, false), (5818, 5818, Entertainment, true), (5832, 5832, Miscellaneous, true),
    (5912, 5912, Healthcare, true), (5921, 5921, Food, true), (5931, 5931, Miscellaneous, true),
    (5932, 5932, Housing, false), (5933, 5933, Miscellaneous, true), (5935, 5935, Miscellaneous, true),
    (5937, 5937, Miscellaneous, true), (5940, 5940, Entertainment, false), (5941, 5941, Entertainment, true),
    (5942, 5942, Entertainment, false), (5943, 5944, Miscellaneous, true), (5945, 5945, Entertainment, true),
    (5946, 5946, Entertainment, false), (5947, 5950, Miscellaneous, true), (5960, 5969, Miscellaneous, true),
    (5970, 5973, Entertainment, false), (5975, 5976, Healthcare, true), (5977, 5978, Miscellaneous, true),
    (5983, 5983, Utilities, true), (5992, 5999, Miscellaneous, true), (6010, 6012, Miscellaneous, false),
    (6051, 6051, Investments, false), (6211, 6211, Investments, true), (6300, 6300, Miscellaneous, true),
    (6381, 6381, Miscellaneous, true), (6399, 6399, Miscellaneous, true), (6513, 6513, Housing, true),
    (7011, 7012, Entertainment, false), (7032, 7033, Entertainment, true), (7210, 7211, Miscellaneous, true),
    (7216, 7216, Miscellaneous, true), (7217, 7217, Housing, true), (7221, 7221, Miscellaneous, true),
    (7230, 7230, Miscellaneous, true), (7251, 7251, Miscellaneous, true), (7261, 7261, Miscellaneous, true),
    (7273, 7273, Miscellaneous, true), (7276, 7278, Miscellaneous, true), (7296, 7299, Miscellaneous, true),
    (7311, 7311, Miscellaneous, true), (7321, 7321, Miscellaneous, true), (7332, 7333, Miscellaneous, true),
    (7338, 7339, Miscellaneous, true), (7342, 7342, Housing, true), (7349, 7349, Housing, true),
    (7361, 7361, Miscellaneous, true), (7372, 7372, Miscellaneous, true), (7375, 7375, Miscellaneous, true),
    (7379, 7379, Miscellaneous, true), (7392, 7395, Miscellaneous, true), (7399, 7399, Miscellaneous, true),
    (7511, 7513, Transportation, true), (7519, 7519, Transportation, true), (7523, 7523, Transportation, true),
    (7531, 7531, Transportation, true), (7534, 7535, Transportation, true), (7538, 7538, Transportation, true),
    (7542, 7542, Transportation, true), (7549, 7549, Transportation, true), (7622, 7622, Miscellaneous, true),
    (7623, 7623, Housing, true), (7629, 7629, Housing, false), (7631, 7631, Miscellaneous, true),
    (7641, 7641, Housing, true), (7692, 7692, Housing, false), (7699, 7699, Housing, false),
    (7800, 7802, Entertainment, true), (7829, 7829, Entertainment, true), (7832, 7832, Entertainment, true),
    (7841, 7841, Entertainment, true), (7911, 7911, Entertainment, true), (7922, 7922, Entertainment, true),
    (7929, 7929, Entertainment, true), (7932, 7933, Entertainment, true), (7941, 7941, Entertainment, true),
    (7991, 7999, Entertainment, true), (8011, 8011, Healthcare, true), (8021, 8021, Healthcare, true),
    (8031, 8031, Healthcare, true), (8041, 8043, Healthcare, true), (8044, 8044, Miscellaneous, true),
    (8049, 8050, Healthcare, true), (8062, 8062, Healthcare, true), (8071, 8071, Healthcare, true),
    (8099, 8099, Healthcare, true), (8111, 8111, Miscellaneous, true), (8211, 8211, Miscellaneous, true),
    (8220, 8220, Miscellaneous, true), (8241, 8241, Miscellaneous, true), (8244, 8244, Miscellaneous, true),
    (8249, 8249, Miscellaneous, true), (8299, 8299, Miscellaneous, true), (8351, 8351, Miscellaneous, true),
    (8398, 8398, Miscellaneous, true), (8641, 8641, Miscellaneous, true), (8651, 8651, Miscellaneous, true),
    (8661, 8661, Miscellaneous, true), (8675, 8675, Miscellaneous, true), (8699, 8699, Miscellaneous, true),
    (8734, 8734, Miscellaneous, true), (8911, 8911, Miscellaneous, true), (8931, 8931, Miscellaneous, true),
    (8999, 8999, Miscellaneous, true), (9211, 9211, Miscellaneous, true), (9222, 9223, Miscellaneous, true),
    (9311, 9311, Miscellaneous, true), (9399, 9399, Miscellaneous, true), (9402, 9402, Miscellaneous, true),
    (9405, 9405, Miscellaneous, true), (9700, 9702, Miscellaneous, true), (9950, 9950, Miscellaneous, true),
];
