//! How an estimate settles as runs are added.

use super::session::side_by_side;
use super::{Control, Plan, Study, StudyError};
use crate::results::Estimate;
use crate::run::Trial;

/// Estimates of survival to the horizon after 128, 256, 512 and so on runs, and after all: runs, estimate. Each rests
/// on the runs of the one before and as many more; that their intervals overlap proves nothing.
pub fn convergence(
    trial: &dyn Trial,
    plan: &Plan,
    control: &Control<'_>,
) -> Result<Study<Vec<(u64, Estimate)>>, StudyError> {
    let study = side_by_side("convergence", &[(String::new(), trial)], plan, control, |_| ())?;
    let Study { convergence, partial, runs, checkpoint, .. } = study;
    Ok(Study { found: convergence.clone(), partial, runs, convergence, checkpoint })
}
